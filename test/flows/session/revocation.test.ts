import { beforeEach, describe, expect, it } from 'vitest';
import { startClock, startService, tokensOf } from '../../support/service.ts';

const clock = startClock();
const deps = { now: clock.now };
beforeEach(clock.round);

const revoked = { status: 401, body: { code: 'revoked_token' } };

/** Starts the service at two locations, with one database and a KV cache of its own at each location. */
function startAtTwoLocations() {
  return { here: startService({ deps }), elsewhere: startService({ deps }) };
}

type Service = ReturnType<typeof startService>;
type Tokens = { access: string; refresh: string };

const revocations: [string, (here: Service, tokens: Tokens) => Promise<unknown>][] = [
  ['a logout', (here, { access }) => here.logOut(access)],
  ['a logout of all sessions', (here, { access }) => here.logOut(access, 'all')],
  ['a logout of the other sessions', async (here) => here.logOut(tokensOf(await here.logIn()).access, 'others')],
  [
    'the reuse of a refresh token',
    async (here, { refresh }) => {
      await here.refresh(refresh);
      clock.pass(10);
      return here.post('/auth/refresh', { refresh_token: refresh }, { 'user-agent': 'another' });
    },
  ],
];

describe.each(revocations)('%s', (_, revoke) => {
  it('is effective at once and everywhere on user routes', async () => {
    const { here, elsewhere } = startAtTwoLocations();
    const tokens = tokensOf(await here.register());
    expect(await elsewhere.status(tokens.access)).toMatchObject({ status: 200 });
    await revoke(here, tokens);
    clock.pass(1);
    expect(await elsewhere.status(tokens.access)).toMatchObject(revoked);
    expect(await elsewhere.listSessions(tokens.access)).toMatchObject(revoked);
    expect(await elsewhere.refresh(tokens.refresh)).toMatchObject({ status: 401 });
    expect(await elsewhere.verify(tokens.access), 'the denylist lags').toMatchObject({ status: 204 });
  });

  it('is effective within a minute and everywhere on token routes, until the token expires', async () => {
    const { here, elsewhere } = startAtTwoLocations();
    const tokens = tokensOf(await here.register());
    const places = [here, elsewhere];
    for (const { verify } of places) expect(await verify(tokens.access)).toMatchObject({ status: 204 });
    await revoke(here, tokens);
    clock.pass(60);
    for (const { verify } of places) expect(await verify(tokens.access)).toMatchObject(revoked);
    clock.pass(60);
    for (const { verify } of places) expect(await verify(tokens.access)).toMatchObject(revoked);
    clock.pass(769);
    for (const { verify } of places) expect(await verify(tokens.access)).toMatchObject({ status: 401 });
  });
});

describe('a revocation', () => {
  it('never takes longer than the access token lives, even where KV still shows nothing', async () => {
    const { here, elsewhere } = startAtTwoLocations();
    const { access } = tokensOf(await here.register());
    clock.pass(870);
    expect(await elsewhere.verify(access)).toMatchObject({ status: 204 });
    await here.logOut(access);
    clock.pass(29);
    expect(await elsewhere.verify(access)).toMatchObject({ status: 204 });
    clock.pass(1);
    expect(await elsewhere.verify(access)).toMatchObject({ status: 401, body: { code: 'expired_token' } });
  });

  it('concerns every access token of the session, also those of later refreshes', async () => {
    const { here, elsewhere } = startAtTwoLocations();
    const first = tokensOf(await here.register());
    clock.pass(30);
    const second = tokensOf(await here.refresh(first.refresh));
    await here.logOut(first.access);
    for (const { access } of [first, second]) {
      expect(await elsewhere.verify(access)).toMatchObject(revoked);
      expect(await elsewhere.status(access)).toMatchObject(revoked);
    }
  });
});
