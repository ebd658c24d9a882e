import { describe, expect, it } from 'vitest';
import { sql, sqlValue } from '../../support/database.ts';
import { from, HOME, networks, startGuessing, STRANGER } from '../../support/guessing.ts';
import { joe, startService } from '../../support/service.ts';
import { beforeTrip, watchDatabase } from '../../support/storage.ts';

describe('a known network of an account', () => {
  it('is renewed by each login', async () => {
    const { clock, register, wrong, right } = startGuessing();
    await register();
    clock.pass(60 * 86_400);
    expect(await right(HOME)).toBe(200);
    clock.pass(60 * 86_400);
    for (const network of networks(25)) await wrong(network);
    expect(await right(HOME)).toBe(200);
  });

  it('is written at most once a day', async () => {
    const { clock, register, right } = startGuessing();
    const knownUntil = () => sqlValue('SELECT known_until FROM known_networks');
    await register();
    const before = await knownUntil();
    clock.pass(86_400);
    expect(await right(HOME)).toBe(200);
    expect(await knownUntil()).toBe(before);
    clock.pass(0.001);
    expect(await right(HOME)).toBe(200);
    expect(await knownUntil()).toBe(Number(before) + 86_400_001);
  });

  it('does not come from registering an e-mail address that has an account', async () => {
    const { clock, register, wrong, logIn } = startGuessing();
    await register();
    const { post } = startService({ deps: { now: clock.now } });
    const again = await post('/auth/register', { ...joe, password: 'another password' }, from(STRANGER));
    expect(again.status).toBe(202);
    expect(await sql('SELECT 1 FROM known_networks')).toHaveLength(1);
    for (const network of networks(25)) await wrong(network);
    expect(await logIn(joe.password, STRANGER)).toBe(404);
  });

  it('does not come from a login to an account that is disabled meanwhile', async () => {
    await startService().post('/auth/register', joe, from(HOME));
    const disable = () => sql('UPDATE users SET disabled_at = 1');
    const { post } = startService({ env: watchDatabase(beforeTrip(2, disable)) });
    expect(await post('/auth/login', joe, from(STRANGER))).toMatchObject({ status: 404 });
    expect(await sql('SELECT 1 FROM known_networks')).toHaveLength(1);
  });
});

describe('a successful login', () => {
  it('clears the count of strangers at the account when the owner was delayed by it', async () => {
    const { register, wrong, right } = startGuessing();
    await register();
    for (const network of networks(19)) await wrong(network);
    expect(await right('198.18.0.1')).toBe(200);
    for (const network of networks(19)) await wrong(network);
    expect(await right('198.18.0.2')).toBe(200);
  });

  it('keeps the count of strangers at the account when the owner was not delayed by it', async () => {
    const { register, wrong, right } = startGuessing();
    await register();
    for (const network of networks(25)) await wrong(network);
    expect(await right(HOME)).toBe(200);
    expect(await right('198.18.0.1')).toBe(404);
  });
});
