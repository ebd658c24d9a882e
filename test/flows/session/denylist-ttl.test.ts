import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { startClients } from '../../support/clients.ts';
import { bearer, startClock, tokensOf } from '../../support/service.ts';
import { watchDenylist } from '../../support/storage.ts';

const MARGIN_SECONDS = 60;

type Service = ReturnType<typeof startClients>;
type Tokens = { access: string; refresh: string };

/** Every way to revoke a session, with its tokens. */
const ends: Record<string, (service: Service, tokens: Tokens) => Promise<unknown>> = {
  'a logout': ({ logOut }, { access }) => logOut(access),
  'a logout of all sessions': ({ logOut }, { access }) => logOut(access, 'all'),
  'a logout of the other sessions': ({ logOut }, { access }) => logOut(access, 'others'),
  'a logout by refresh token': ({ post }, { refresh }) => post('/auth/logout', { refresh_token: refresh }),
  'a deleted session': ({ call }, { access }) =>
    call(`/auth/sessions/${String(decodeJwt(access)['sid'])}`, { method: 'DELETE', headers: bearer(access) }),
  'a revoked access token': ({ revoke }, { access }) => revoke({ token: access }),
  'a revoked refresh token': ({ revoke }, { refresh }) => revoke({ token: refresh }),
  'the reuse of a refresh token': async (service, { refresh }) => {
    const next = tokensOf(await service.refresh(refresh));
    await service.refresh(next.refresh);
    await service.refresh(refresh);
  },
};

describe.each(Object.entries(ends))('%s', (_, end) => {
  it.each([
    ['the default', 900],
    ['one second', 1],
    ['77 seconds', 77],
  ])(
    'is denylisted until every access token has expired and a minute longer, when their life is %s',
    async (_, life) => {
      const clock = startClock();
      const operations: { expirationTtl?: number | undefined }[] = [];
      const env = {
        ACCESS_TOKEN_TTL_SECONDS: String(life),
        REFRESH_GRACE_SECONDS: '0',
        DENYLIST: watchDenylist((operation) => {
          if (operation.operation === 'put') operations.push(operation);
        }),
      };
      const service = startClients({ env, deps: { now: clock.now } });
      clock.round();
      await service.register();
      const tokens = tokensOf(await service.logIn());
      clock.pass(0.001);
      await end(service, tokens);
      const [{ expirationTtl = 0 } = {}, ...others] = operations;
      expect(others).toEqual([]);
      expect(expirationTtl).toBe(life + MARGIN_SECONDS);
      const left = Number(decodeJwt(tokens.access).exp) - clock.now().getTime() / 1000;
      expect(expirationTtl).toBeGreaterThanOrEqual(left + MARGIN_SECONDS);
    },
  );
});
