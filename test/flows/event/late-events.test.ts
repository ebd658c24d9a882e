import { afterEach, describe, expect, it, vi } from 'vitest';
import { startAccounts } from '../../support/accounts.ts';
import { sql } from '../../support/database.ts';
import { fieldsOf, forgetEvents, storedEvents, storedTypes } from '../../support/events.ts';
import { tokenOf } from '../../support/mailbox.ts';
import { joe, startClock, startService, tokensOf } from '../../support/service.ts';
import { fail, watchDatabase } from '../../support/storage.ts';

const wrong = { ...joe, password: 'a wrong one' };

afterEach(() => vi.restoreAllMocks());

/** The lines that `work` logs. */
async function linesOf(work: () => Promise<unknown>) {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  await work();
  return log.mock.calls.map(([text]): unknown => JSON.parse(String(text)));
}

describe('a refused password', () => {
  it('is no event when nobody has the address', async () => {
    await startService().logIn(wrong);
    expect(await storedTypes()).toEqual([]);
  });

  it('is stored after the response', async () => {
    const { register } = startService();
    await register();
    await forgetEvents();
    const late: (() => Promise<void>)[] = [];
    const trips: string[][] = [];
    const service = startService({
      env: watchDatabase((statements) => void trips.push(statements)),
      deps: { afterResponse: (work) => void late.push(work) },
    });
    expect(await service.logIn(wrong)).toMatchObject({ status: 404 });
    expect({ trips: trips.length, late: late.length }).toEqual({ trips: 1, late: 1 });
    expect(await storedTypes()).toEqual([]);
    for (const work of late) await work();
    expect(await storedTypes()).toEqual(['login_failed']);
  });

  it('is lost with a note when the database fails, and the response is the same', async () => {
    await startService().register();
    await forgetEvents();
    let trips = 0;
    const { logIn } = startService({
      env: watchDatabase(() => {
        trips += 1;
        if (trips > 1) fail();
      }),
    });
    const lines = await linesOf(async () => expect(await logIn(wrong)).toMatchObject({ status: 404 }));
    expect(lines).toMatchObject([
      { level: 'info', status: 404, reason: 'wrong password' },
      { level: 'info', note: 'database out of reach: an event was lost' },
    ]);
    expect(lines[1]).toHaveProperty('request_id', fieldsOf(lines[0])['request_id']);
    expect(await storedTypes()).toEqual([]);
  });

  it('is an event too when it is asked for by a caller', async () => {
    const { register, changePassword } = startService();
    const { access } = tokensOf(await register());
    await forgetEvents();
    expect(await changePassword(access, 'a wrong one')).toMatchObject({ status: 403 });
    expect(await storedEvents()).toMatchObject([{ type: 'login_failed', data: '{"reason":"wrong_password"}' }]);
  });
});

describe('a login that has to wait', () => {
  it('is an event once a minute for each user, however many come', async () => {
    const clock = startClock();
    const { register, logIn } = startService({ deps: { now: clock.now } });
    const jane = { ...joe, email: 'jane@gmail.com' };
    for (const user of [joe, jane]) {
      await register(user);
      for (let guess = 0; guess < 10; guess += 1) await logIn({ ...user, password: 'a guess' });
    }
    await forgetEvents();
    await Promise.all(Array.from({ length: 5 }, () => logIn()));
    expect(await storedTypes()).toEqual(['login_delayed']);
    await logIn(jane);
    expect(await storedTypes()).toEqual(['login_delayed', 'login_delayed']);
    clock.pass(59.999);
    await logIn();
    expect(await storedTypes()).toHaveLength(2);
    await sql('UPDATE login_attempts SET retry_at = retry_at + 3600000');
    clock.pass(0.001);
    await logIn();
    expect(await storedTypes()).toHaveLength(3);
  });
});

describe('no event', () => {
  it('tells about a verification of an address that is verified already', async () => {
    const { registerVerified, askVerification, verifyEmail, letter } = startAccounts();
    const { access } = await registerVerified();
    await askVerification(access);
    await forgetEvents();
    expect(await verifyEmail({ token: tokenOf(letter('verify_email')) })).toMatchObject({ status: 200 });
    expect(await storedTypes()).toEqual([]);
  });

  it('tells about a logout of the other sessions when there is none', async () => {
    const { register, logOut } = startService();
    const { access } = tokensOf(await register());
    await forgetEvents();
    expect(await logOut(access, 'others')).toMatchObject({ status: 200 });
    expect(await storedTypes()).toEqual([]);
  });

  it('tells about a logout of a session that is at its end', async () => {
    const clock = startClock();
    const { register, logOut, post } = startService({ deps: { now: clock.now } });
    const { access, refresh } = tokensOf(await register());
    await forgetEvents();
    await sql('UPDATE sessions SET expires_at = ?', clock.now().getTime() - 1);
    expect(await post('/auth/logout', { refresh_token: refresh })).toMatchObject({ status: 200 });
    expect((await logOut(access)).status).toBe(401);
    expect(await storedTypes()).toEqual([]);
  });

  it('tells about a refresh, or its repetition', async () => {
    const { register, refresh } = startService();
    const tokens = tokensOf(await register());
    await forgetEvents();
    await Promise.all([refresh(tokens.refresh), refresh(tokens.refresh)]);
    expect(await storedTypes()).toEqual([]);
  });

  it('tells about a mail that nobody gets', async () => {
    const { askReset, register } = startAccounts();
    await askReset('nobody@example.org');
    await register();
    for (let mail = 0; mail < 5; mail += 1) await askReset();
    expect((await storedTypes()).filter((type) => type === 'password_reset_asked')).toHaveLength(3);
  });
});

describe('the log line', () => {
  it('names the user of a registration and of a login', async () => {
    const { register, logIn } = startService();
    const lines = await linesOf(async () => {
      await register();
      await logIn();
    });
    const [user] = await sql('SELECT id FROM users');
    expect(lines).toMatchObject([{ user_id: user?.['id'] }, { user_id: user?.['id'] }]);
  });
});
