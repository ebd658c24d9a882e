import { env } from 'cloudflare:workers';
import { describe, expect, it, vi } from 'vitest';
import { sql } from '../../support/database.ts';
import { from, HOME, STRANGER } from '../../support/guessing.ts';
import { bearer, joe, startClock, startService, tokensOf } from '../../support/service.ts';
import { watchDatabase } from '../../support/storage.ts';

type Service = ReturnType<typeof startService>;

/** Every request that asks a caller for the current password. */
const requests = {
  'a change of the password': ({ post }: Service, token: string, password: string, address: string) =>
    post(
      '/auth/password',
      { current_password: password, new_password: 'seven honest herons' },
      { ...bearer(token), ...from(address) },
    ),
  'a deletion': ({ call }: Service, token: string, password: string, address: string) =>
    call('/auth/user', {
      method: 'DELETE',
      headers: { 'content-type': 'application/json', ...bearer(token), ...from(address) },
      body: JSON.stringify({ password }),
    }),
};

const wrong = { status: 403, body: { code: 'wrong_password' } };

describe.each(Object.entries(requests))('%s', (_, ask) => {
  /** Starts the service with an account, and asks it as its owner, from home unless `address` says otherwise. */
  async function start() {
    const clock = startClock();
    const service = startService({ deps: { now: clock.now } });
    const { access } = tokensOf(await service.post('/auth/register', joe, from(HOME)));
    const guess = async (times: number, address: string) => {
      for (let i = 0; i < times; i += 1) expect(await ask(service, access, 'a guess', address)).toMatchObject(wrong);
    };
    const logIn = (address: string) => service.post('/auth/login', joe, from(address));
    return { clock, service, guess, logIn, ask: (address = HOME) => ask(service, access, joe.password, address) };
  }

  it('is refused during the wait that wrong passwords bring, even with the right one', async () => {
    const { clock, guess, ask } = await start();
    await guess(10, HOME);
    expect(await ask()).toMatchObject(wrong);
    clock.pass(60);
    expect(await ask()).toMatchObject({ status: 200 });
  });

  it('shares its attempts with the login, both ways', async () => {
    const { clock, guess, logIn, service, ask } = await start();
    await guess(10, STRANGER);
    expect(await logIn(STRANGER)).toMatchObject({ status: 404 });
    expect(await logIn(HOME), 'the owner is not locked out').toMatchObject({ status: 200 });
    clock.pass(86_400);
    for (let i = 0; i < 10; i += 1) await service.post('/auth/login', { ...joe, password: 'a guess' }, from(STRANGER));
    expect(await ask(STRANGER)).toMatchObject({ status: 401, body: { code: 'expired_token' } });
  });

  it('gives the attempts back when the password is right', async () => {
    const { guess, ask } = await start();
    await guess(5, HOME);
    await guess(5, STRANGER);
    expect(await ask(STRANGER)).toMatchObject({ status: 200 });
    const rows = await sql('SELECT max(retry_at) AS latest, count(*) AS count FROM login_attempts');
    // The pair of the account and the other network, and the five guesses of the network.
    expect(rows).toMatchObject([{ count: 2 }]);
  });

  it('takes from the budget of the account, unless the account knows the network', async () => {
    const { access } = tokensOf(await startService().post('/auth/register', joe, from(HOME)));
    const limiter = { limit: () => Promise.resolve({ success: false }) };
    const open = { limit: () => Promise.resolve({ success: true }) };
    const limited = startService({
      env: { RATE_LIMITS: 'on', LIMIT_CREDENTIALS: open, LIMIT_OTHER: open, LIMIT_ACCOUNT: limiter },
    });
    const tooMany = { status: 429, body: { code: 'too_many_requests' } };
    expect(await ask(limited, access, joe.password, STRANGER)).toMatchObject(tooMany);
    expect(await ask(limited, access, joe.password, HOME)).toMatchObject({ status: 200 });
  });

  it('does the same work whether the password is wrong or has to wait, and tells the log which', async () => {
    const { access } = tokensOf(
      await startService({ env: { PBKDF2_ITERATIONS: '150000' } }).post('/auth/register', joe, from(HOME)),
    );
    const observe = async (password: string) => {
      const trips: number[] = [];
      const service = startService({
        env: { PBKDF2_ITERATIONS: '150000', ...watchDatabase(({ length }) => void trips.push(length)) },
      });
      const deriveBits = vi.spyOn(crypto.subtle, 'deriveBits');
      const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
      const { status, body } = await ask(service, access, password, HOME);
      const [line] = log.mock.calls.map(([text]): unknown => JSON.parse(String(text)));
      const calls = deriveBits.mock.calls.filter(
        ([algorithm]) => typeof algorithm === 'object' && algorithm.name === 'PBKDF2',
      ).length;
      vi.restoreAllMocks();
      const { request_id: id, ...shown } = body;
      return { line, seen: { status, shown, calls, trips, hasId: typeof id === 'string' } };
    };
    const guessed = await observe('a guess');
    expect(guessed.line).toMatchObject({ code: 'wrong_password', reason: 'wrong password' });
    // The event is stored after the response.
    expect(guessed.seen).toMatchObject({ status: 403, calls: 2, trips: [1, 2, 1] });
    for (let i = 0; i < 9; i += 1) await ask(startService(), access, 'a guess', HOME);
    const waiting = await observe(joe.password);
    expect(waiting.line).toMatchObject({ code: 'wrong_password', reason: 'too many attempts: has to wait' });
    expect(waiting.line).toMatchObject({ security_events: [{ event: 'login_delayed' }] });
    expect(waiting.seen).toEqual(guessed.seen);
  });

  it('is a 500 internal_error when the stored hash cannot be verified', async () => {
    const peppered = startService({ env: { PASSWORD_PEPPER: `p1:${env.SECRET_KEY}` } });
    const { access } = tokensOf(await peppered.post('/auth/register', joe, from(HOME)));
    expect(await ask(startService(), access, joe.password, HOME)).toMatchObject({
      status: 500,
      body: { code: 'internal_error' },
    });
  });
});
