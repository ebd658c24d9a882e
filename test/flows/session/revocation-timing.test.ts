import { assert, asyncProperty, integer, record } from 'fast-check';
import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { startClients } from '../../support/clients.ts';
import { bearer, tokensOf } from '../../support/service.ts';
import { beforeTrip, type OnTrip, watchDatabase, watchDenylist } from '../../support/storage.ts';

type Service = ReturnType<typeof startClients>;
type Tokens = { access: string; refresh: string };

/** The deadline for the database in production, and the greatest difference of two clocks. */
const STORAGE_SECONDS = 10;
const SKEW_SECONDS = 2;

/** Starts a time that all services share, each with a clock that is `skew` seconds off. */
function startWorld() {
  let time = Math.ceil(Date.now() / 1000) * 1000;
  const startAt = (skew: number, env: object = {}) =>
    startClients({ env, deps: { now: () => new Date(time + skew * 1000) } });
  const pass = (seconds: number) => {
    time += Math.round(seconds * 1000);
  };
  /** Moves to when a clock that is `skew` seconds off shows `epochSeconds`. */
  const passTo = (epochSeconds: number, skew: number) => {
    time = Math.round((epochSeconds - skew) * 1000);
  };
  return { startAt, pass, passTo };
}

/** For `watchDatabase`: does `work` once, before the statement that revokes sessions. */
function beforeRevoking(work: () => Promise<unknown>): OnTrip {
  let isDone = false;
  return async (statements) => {
    if (isDone || !statements.some((sql) => sql.startsWith('update "sessions"'))) return;
    isDone = true;
    await work();
  };
}

const revoked = { status: 401, body: { code: 'revoked_token' } };

const ends: Record<string, (service: Service, tokens: Tokens) => Promise<{ status: number }>> = {
  'a logout': ({ logOut }, { access }) => logOut(access),
  'a logout of all sessions': ({ logOut }, { access }) => logOut(access, 'all'),
  'a logout by refresh token': ({ post }, { refresh }) => post('/auth/logout', { refresh_token: refresh }),
  'a deleted session': ({ call }, { access }) =>
    call(`/auth/sessions/${String(decodeJwt(access)['sid'])}`, { method: 'DELETE', headers: bearer(access) }),
  'a change of the password': ({ changePassword }, { access }) => changePassword(access),
  'a deletion of the account': ({ deleteUser }, { access }) => deleteUser(access),
  'a revoked access token': ({ revoke }, { access }) => revoke({ token: access }),
};

describe.each(Object.entries(ends))('%s', (_, end) => {
  it('holds until the last access token expires, whatever is slow and whichever clock is off', async () => {
    const upTo = (seconds: number, min = 0) => integer({ min: min * 1000, max: seconds * 1000 }).map((ms) => ms / 1000);
    const skew = upTo(SKEW_SECONDS, -SKEW_SECONDS);
    const arrangement = record({
      signer: skew,
      ender: skew,
      verifier: skew,
      age: upTo(800),
      databaseDelay: upTo(STORAGE_SECONDS),
    });
    await assert(
      asyncProperty(arrangement, async ({ signer, ender, verifier, age, databaseDelay }) => {
        const { startAt, pass, passTo } = startWorld();
        const home = startAt(signer);
        const email = `${crypto.randomUUID()}@example.org`;
        const first = tokensOf(await home.register({ email, password: 'correct horse' }));
        pass(age);
        // The session is refreshed after the write to the denylist and before the write to the database.
        let last = first;
        const refreshMeanwhile = async () => {
          pass(databaseDelay);
          last = tokensOf(await home.refresh(first.refresh));
        };
        const slow = startAt(ender, watchDatabase(beforeRevoking(refreshMeanwhile)));
        expect((await end(slow, first)).status).toBe(200);
        passTo(Number(decodeJwt(last.access).exp) - 0.001, verifier);
        expect(await startAt(verifier).verify(last.access)).toMatchObject(revoked);
        expect(await home.refresh(last.refresh)).toMatchObject({ status: 401 });
      }),
      { numRuns: 5 },
    );
  });
});

const skews = [-SKEW_SECONDS, 0, SKEW_SECONDS];

describe.each(['all', 'others'])('POST /auth/logout?scope=%s', (scope) => {
  const invalid = { status: 404, body: { code: 'invalid_credentials' } };

  /** Expects that no route at any location accepts `tokens`, now or later. */
  async function expectOver({ startAt, passTo }: ReturnType<typeof startWorld>, tokens: Tokens) {
    const { iat = 0, exp = 0 } = decodeJwt(tokens.access);
    const [early, late] = [startAt(SKEW_SECONDS), startAt(-SKEW_SECONDS)];
    passTo(iat + 10, 0);
    for (const { verify, status } of [early, late]) {
      expect(await verify(tokens.access)).toMatchObject(revoked);
      expect(await status(tokens.access)).toMatchObject(revoked);
    }
    expect(await early.refresh(tokens.refresh)).toMatchObject({ status: 401 });
    passTo(exp - 0.001, -SKEW_SECONDS);
    expect(await startAt(-SKEW_SECONDS).verify(tokens.access)).toMatchObject(revoked);
  }

  it.each([
    [0, 0],
    [SKEW_SECONDS, -SKEW_SECONDS],
    [-SKEW_SECONDS, SKEW_SECONDS],
    [SKEW_SECONDS, SKEW_SECONDS],
  ])('revokes a session that began before it, with clocks that are %d s and %d s off', async (login, logout) => {
    const world = startWorld();
    const own = tokensOf(await world.startAt(logout).register());
    const other = tokensOf(await world.startAt(login).logIn());
    expect(await world.startAt(logout).logOut(own.access, scope)).toMatchObject({ status: 200 });
    await expectOver(world, other);
    expect(await world.startAt(logout).logIn(), 'a later login succeeds').toMatchObject({ status: 200 });
  });

  it.each(skews.flatMap((login) => [false, true].map((isRehashed) => [login, isRehashed] as const)))(
    'refuses a login that is under way, with a clock that is %d s off (rehash: %s)',
    async (login, isRehashed) => {
      const world = startWorld();
      const own = tokensOf(await world.startAt(0).register());
      const endAll = async () => {
        world.pass(3);
        expect(await world.startAt(0).logOut(own.access, scope)).toMatchObject({ status: 200 });
        world.pass(3);
      };
      const database = watchDatabase(beforeTrip(2, endAll));
      const slow = world.startAt(login, { ...database, ...(isRehashed && { PBKDF2_ITERATIONS: '2000' }) });
      expect(await slow.logIn()).toMatchObject(invalid);
      const { body } = await world.startAt(0).listSessions(tokensOf(await world.startAt(0).logIn()).access);
      expect(body['data']).toHaveLength(scope === 'all' ? 1 : 2);
    },
  );

  it('does not concern a login of another user that is under way', async () => {
    const world = startWorld();
    const own = tokensOf(await world.startAt(0).register());
    const jane = { email: 'jane@gmail.com', password: 'correct horse' };
    const before = tokensOf(await world.startAt(0).register(jane));
    const end = async () => {
      expect(await world.startAt(0).logOut(own.access, scope)).toMatchObject({ status: 200 });
    };
    const slow = world.startAt(0, watchDatabase(beforeTrip(2, end)));
    const { access } = tokensOf(await slow.logIn(jane));
    for (const token of [before.access, access]) {
      expect(await world.startAt(0).status(token)).toMatchObject({ status: 200 });
      expect(await world.startAt(0).verify(token)).toMatchObject({ status: 204 });
    }
  });

  it('revokes a session that begins while it runs', async () => {
    const world = startWorld();
    const own = tokensOf(await world.startAt(0).register());
    const begun: Tokens[] = [];
    const begin = async () => {
      begun.push(tokensOf(await world.startAt(SKEW_SECONDS).logIn()));
      world.pass(5);
    };
    const slow = watchDatabase(beforeTrip(2, begin));
    expect(await world.startAt(0, slow).logOut(own.access, scope)).toMatchObject({ status: 200 });
    expect(begun).toHaveLength(1);
    for (const tokens of begun) await expectOver(world, tokens);
  });

  it('refuses a refresh that is under way', async () => {
    const world = startWorld();
    const own = tokensOf(await world.startAt(0).register());
    const other = tokensOf(await world.startAt(SKEW_SECONDS).logIn());
    const afterwards = watchDatabase(() => () => world.pass(1));
    let ended = false;
    const endMeanwhile: OnTrip = async () => {
      if (ended) return;
      ended = true;
      expect(await world.startAt(0, afterwards).logOut(own.access, scope)).toMatchObject({ status: 200 });
    };
    const slow = world.startAt(SKEW_SECONDS, watchDatabase(endMeanwhile));
    expect(await slow.refresh(other.refresh)).toMatchObject({ status: 401 });
    await expectOver(world, other);
  });
});

describe('a logout of all sessions', () => {
  it('holds when the denylist is slow, and spares a session that begins meanwhile', async () => {
    const world = startWorld();
    const own = tokensOf(await world.startAt(0).register());
    const later: Tokens[] = [];
    const DENYLIST = watchDenylist(async ({ operation }) => {
      if (operation !== 'put') return;
      // The database has revoked all sessions by now.
      later.push(tokensOf(await world.startAt(-SKEW_SECONDS).logIn()));
      world.pass(9);
    });
    expect(await world.startAt(SKEW_SECONDS, { DENYLIST }).logOut(own.access, 'all')).toMatchObject({ status: 200 });
    expect(await world.startAt(0).verify(own.access)).toMatchObject(revoked);
    expect(await world.startAt(0).refresh(own.refresh)).toMatchObject({ status: 401 });
    for (const { access, refresh } of later) {
      expect(await world.startAt(0).verify(access)).toMatchObject({ status: 204 });
      expect(await world.startAt(0).refresh(refresh)).toMatchObject({ status: 200 });
    }
    expect(later).toHaveLength(1);
  });
});
