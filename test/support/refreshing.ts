import { env } from 'cloudflare:workers';
import { sql } from './database.ts';
import { startClock, startService, tokensOf } from './service.ts';

/** The one answer to a refresh token that is not good, for whatever reason. */
export const invalid = {
  status: 401,
  body: { code: 'invalid_refresh_token', message: 'Invalid refresh token. Please log in again.' },
};

/** The service with a clock, what its answers hand out, and what it has stored of the one session there is. */
export function startRefreshing() {
  const clock = startClock();
  const deps = { now: clock.now };
  const service = startService({ deps });
  const row = async () => (await sql('SELECT * FROM sessions'))[0];

  return {
    ...service,
    clock,
    deps,
    row,
    registered: async () => tokensOf(await service.register()),
    refreshed: async (token: string) => tokensOf(await service.refresh(token)),
    /** Presents a token on another device than the session is used on. */
    steal: (token: string, { post } = service) =>
      post('/auth/refresh', { refresh_token: token }, { 'user-agent': 'another' }),
    isListed: async () => {
      const prefix = `sid:${String((await row())?.['id'])}`;
      return (await env.DENYLIST.list({ prefix })).keys.length;
    },
  };
}
