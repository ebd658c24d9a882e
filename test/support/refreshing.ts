import { env } from 'cloudflare:workers';
import { sql } from './database.ts';
import { startClock, startService, tokensOf } from './service.ts';

/** The response to every invalid refresh token, whatever the reason. */
export const invalid = {
  status: 401,
  body: { code: 'invalid_refresh_token', message: 'Invalid refresh token. Please log in again.' },
};

/** Starts the service with a clock, and with access to its tokens and to the row of its only session. */
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
    registerForTokens: async () => tokensOf(await service.register()),
    refreshForTokens: async (token: string) => tokensOf(await service.refresh(token)),
    /** Presents a token from another device than that of the session. */
    refreshElsewhere: (token: string, { post } = service) =>
      post('/auth/refresh', { refresh_token: token }, { 'user-agent': 'another' }),
    countDenylisted: async () => {
      const prefix = `sid:${String((await row())?.['id'])}`;
      return (await env.DENYLIST.list({ prefix })).keys.length;
    },
  };
}
