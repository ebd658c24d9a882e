import { describe, expect, it, vi } from 'vitest';
import { startAdministration } from '../../support/administration.ts';
import { sql, sqlValue } from '../../support/database.ts';
import { forgetEvents, storedEvents } from '../../support/events.ts';
import { importLines, resultsOf } from '../../support/importing.ts';
import { bearer, tokensOf } from '../../support/service.ts';
import known from '../../crypto/legacy/known-answers.json' with { type: 'json' };
import { FIREBASE_SCRYPT } from '../../support/firebase.ts';

const email = 'ann@example.org';
const env = { FIREBASE_SCRYPT };
const service = startAdministration({ env });
const refusal = { status: 404, body: { code: 'invalid_credentials' } };
const storedHash = () => sqlValue('SELECT password_hash FROM users');

/** One known answer of each scheme that is quick to verify. */
const ofEachScheme = [...Map.groupBy(known, ({ scheme }) => scheme).values()].flatMap((answers) => answers.slice(0, 1));
const first = ofEachScheme.find(({ scheme }) => scheme === 'bcrypt') ?? { password: '', hash: '' };

describe.each(ofEachScheme)('a user with a hash of $scheme', ({ password, hash, scheme }) => {
  it('logs in with the old password, and then has a hash of this service', async () => {
    expect(await importLines(service, [{ email, password_hash: hash }])).toMatchObject({ body: { imported: 1 } });
    expect(await service.logIn({ email, password: `${password}x` })).toMatchObject(refusal);
    expect(await storedHash()).toBe(hash);
    const { access } = tokensOf(await service.logIn({ email, password }));
    expect(await service.status(access)).toMatchObject({ status: 200, body: { data: { email } } });
    const made = await storedHash();
    expect(made).toMatch(/^\$pbkdf2-sha256-split\$i=1000,p=\$/);
    expect((await service.logIn({ email, password })).status).toBe(200);
    expect(await storedHash()).toBe(made);
    const data = await service.ask({ route: 'GET /admin/stats' });
    expect(data).toMatchObject({ body: { data: { legacy_hashes: [] } } });
  });

  it('is counted by scheme until then', async () => {
    await importLines(service, [{ email, password_hash: hash }]);
    const response = await service.ask({ route: 'GET /admin/stats' });
    expect(response.body['data']).toEqual({ legacy_hashes: [{ scheme, users: 1 }], legacy_hashes_until: null });
  });
});

describe('a user with a hash of another system', () => {
  const imported = () => importLines(service, [{ email, password_hash: first.hash }]);

  it('costs one new hash on top of the old one at the first login, and then what everybody costs', async () => {
    await imported();
    const deriveBits = vi.spyOn(crypto.subtle, 'deriveBits');
    const iterationsOfLogin = async () => {
      deriveBits.mockClear();
      expect((await service.logIn({ email, password: first.password })).status).toBe(200);
      const algorithms = deriveBits.mock.calls.map(([algorithm]) => algorithm);
      return algorithms.flatMap((algorithm) =>
        typeof algorithm === 'object' && algorithm.name === 'PBKDF2' ? [algorithm.iterations] : [],
      );
    };
    const [atFirst, later] = [await iterationsOfLogin(), await iterationsOfLogin()];
    deriveBits.mockRestore();
    // bcrypt is no call of Web Crypto.
    expect({ atFirst, later }).toEqual({ atFirst: [1000], later: [1000] });
  });

  it('can log in at several places at once, and gets one new hash', async () => {
    await imported();
    const credentials = { email, password: first.password };
    const responses = await Promise.all([1, 2, 3].map(() => service.logIn(credentials)));
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await service.logIn(credentials)).status).toBe(200);
  });

  it('tells no right password by the work while it must not log in', async () => {
    await imported();
    await sql('UPDATE users SET disabled_at = 1');
    const iterationsOf = async (password: string) => {
      const deriveBits = vi.spyOn(crypto.subtle, 'deriveBits');
      expect(await service.logIn({ email, password })).toMatchObject(refusal);
      const calls = deriveBits.mock.calls.map(([algorithm]) => typeof algorithm === 'object' && algorithm.iterations);
      deriveBits.mockRestore();
      return calls;
    };
    expect(await iterationsOf('wrong')).toEqual([1000]);
    expect(await iterationsOf(first.password)).toEqual([1000]);
  });

  it('can change the password with the old one', async () => {
    const { access } = tokensOf(await (await imported(), service.logIn({ email, password: first.password })));
    await sql('UPDATE users SET password_hash = ?', first.hash);
    const change = (current_password: string) =>
      service.call('/auth/password', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...bearer(access) },
        body: JSON.stringify({ current_password, new_password: 'seven honest herons' }),
      });
    expect(await change('wrong')).toMatchObject({ body: { code: 'wrong_password' } });
    expect((await change(first.password)).status).toBe(200);
    expect((await service.logIn({ email, password: 'seven honest herons' })).status).toBe(200);
  });

  it('must reset the password after LEGACY_HASHES_UNTIL, which is the last day in UTC', async () => {
    await imported();
    const credentials = { email, password: first.password };
    const at = (time: string) =>
      startAdministration({ env: { LEGACY_HASHES_UNTIL: '2027-06-30' }, deps: { now: () => new Date(time) } });
    const late = at('2027-07-01T00:00:00.000Z');
    await forgetEvents();
    expect(await late.logIn(credentials)).toMatchObject(refusal);
    expect(await storedEvents()).toMatchObject([{ type: 'login_failed', data: '{"reason":"legacy_hash_expired"}' }]);
    const { body } = await late.ask({ route: 'GET /admin/stats' });
    expect(body['data']).toEqual({
      legacy_hashes: [{ scheme: 'bcrypt', users: 1 }],
      legacy_hashes_until: '2027-06-30',
    });
    expect(await storedHash()).toBe(first.hash);
  });

  it('is let in until the end of that day', async () => {
    await imported();
    const env = { LEGACY_HASHES_UNTIL: '2027-06-30' };
    const inTime = startAdministration({ env, deps: { now: () => new Date('2027-06-30T23:59:59.999Z') } });
    expect((await inTime.logIn({ email, password: first.password })).status).toBe(200);
  });
});

describe('a user with a hash of nobody', () => {
  const hashes = [
    'plain text',
    '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$AAAA',
    first.hash.slice(0, -1),
    '$pbkdf2-sha256-split$i=1,p=',
  ];

  it.each(hashes)('is refused as for a wrong password, and the event says why: %s', async (hash) => {
    const results = resultsOf(await importLines(service, [{ email, password_hash: null }]));
    await sql('UPDATE users SET password_hash = ?', hash);
    await forgetEvents();
    expect(await service.logIn({ email, password: first.password })).toMatchObject(refusal);
    expect(await storedEvents()).toMatchObject([
      { type: 'login_failed', user_id: results[0]?.user_id, data: '{"reason":"unverifiable_hash"}' },
    ]);
    const details = await service.show(String(results[0]?.user_id));
    expect(details).toMatchObject({ login: { password_usable: false } });
  });

  it('of Firebase is so when its parameters are gone', async () => {
    const firebase = known.find(({ scheme }) => scheme === 'firebase-scrypt');
    await importLines(service, [{ email, password_hash: firebase?.hash }]);
    await forgetEvents();
    const without = startAdministration();
    expect(await without.logIn({ email, password: firebase?.password ?? '' })).toMatchObject(refusal);
    expect(await storedEvents()).toMatchObject([{ data: '{"reason":"unverifiable_hash"}' }]);
  });
});
