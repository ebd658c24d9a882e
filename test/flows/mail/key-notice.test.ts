import { describe, expect, it } from 'vitest';
import { type Accounts, startAccounts } from '../../support/accounts.ts';
import { sql, sqlValue } from '../../support/database.ts';
import { addClient } from '../../support/machines.ts';
import { operatorToken } from '../../support/operator.ts';
import { bearer, joe, tokensOf } from '../../support/service.ts';
import { beforeTrip, watchDatabase } from '../../support/storage.ts';

const namesOf = ({ letters }: ReturnType<typeof startAccounts>) => letters.map(({ name }) => name);

describe('the notice that an API key was made', () => {
  const NAME = 'backup of my laptop';
  const makeKey = ({ post }: Pick<Accounts, 'post'>, access: string, fields: object = {}) =>
    post('/auth/keys', { name: NAME, ...fields }, bearer(access));
  const startVerified = async (env: object = {}) => {
    const service = startAccounts({ env });
    const { access } = await service.registerVerified();
    service.letters.length = 0;
    return { ...service, access };
  };

  it('goes out for each key that the user makes', async () => {
    const service = await startVerified();
    expect((await makeKey(service, service.access)).status).toBe(201);
    expect(service.letters).toMatchObject([{ name: 'key_created', to: joe.email, proof: undefined }]);
    expect((await makeKey(service, service.access)).status).toBe(201);
    expect(namesOf(service)).toEqual(['key_created', 'key_created']);
    expect(await sqlValue('SELECT count(*) FROM outbox')).toBe(0);
  });

  it('is stored in one round trip with the key, and has nothing of the key in it', async () => {
    const { access, clock } = await startVerified();
    const trips: string[][] = [];
    const silent = startAccounts({
      env: watchDatabase((statements) => void trips.push(statements)),
      deps: { now: clock.now, afterResponse: () => undefined },
    });
    const { body } = await makeKey(silent, access);
    expect(trips).toHaveLength(2);
    for (const table of ['api_keys', 'events', 'outbox'])
      expect(
        trips[1]?.filter((text) => text.startsWith(`insert into "${table}"`)),
        table,
      ).toHaveLength(1);
    const outbox = JSON.stringify(await sql('SELECT * FROM outbox'));
    const key = String(body['key']);
    expect(outbox).toContain('key_created');
    for (const part of [NAME, key.slice(3, 19), key.slice(19)]) expect(outbox).not.toContain(part);
  });

  it('is sent by the cron when nothing could send it after the response', async () => {
    const service = await startVerified();
    const silent = startAccounts({ deps: { now: service.clock.now, afterResponse: () => undefined } });
    expect((await makeKey(silent, service.access)).status).toBe(201);
    expect(service.letters).toEqual([]);
    expect(await service.runMailCron()).toEqual({ tried: 1, outcomes: ['sent'] });
    expect(namesOf(service)).toEqual(['key_created']);
  });

  it('does not go out for a key that is refused, or overtaken', async () => {
    const service = await startVerified();
    expect((await makeKey(service, service.access, { scopes: ['other'] })).status).toBe(400);
    const bindings = watchDatabase(beforeTrip(2, async () => sql('UPDATE users SET version = version + 1')));
    const overtaken = startAccounts({ env: bindings, deps: { now: service.clock.now } });
    expect((await makeKey(overtaken, service.access)).status).toBe(409);
    expect([...service.letters, ...overtaken.letters]).toEqual([]);
    expect(await sqlValue('SELECT count(*) FROM outbox')).toBe(0);
  });

  it('does not go out to an address that is not verified', async () => {
    const service = startAccounts();
    const { access } = tokensOf(await service.register());
    expect((await makeKey(service, access)).status).toBe(201);
    expect(namesOf(service)).toEqual(['verify_email']);
  });

  it('does not go out for a key of a client', async () => {
    const { post, letters, clock } = await startVerified();
    await addClient({ id: 'robot', scopes: ['api'] });
    const operator = bearer(await operatorToken({ now: clock.now() }));
    expect((await post('/admin/clients/robot/keys', { name: NAME }, operator)).status).toBe(201);
    expect(letters).toEqual([]);
    expect(await sqlValue('SELECT count(*) FROM outbox')).toBe(0);
  });

  it('is not sent when it is not configured', async () => {
    const service = await startVerified({ MAIL_NOTICES: 'password_changed' });
    expect((await makeKey(service, service.access)).status).toBe(201);
    expect(service.letters).toEqual([]);
  });
});
