import assert from 'node:assert/strict';
import { type Client, type Tokens, tokensOf } from '../harness/http-client.ts';

const TABS = 8;
const DURATION_MS = 60_000;

/** How often each refresh is sent, as if all responses but the last were lost. */
const SENDINGS = 3;

/**
 * Simulates a browser with eight tabs that share the newest tokens, as in `localStorage`, and refresh and use them
 * without a pause for a minute. The session is rotated, and no tab is logged out.
 */
export async function openTabs(client: Client): Promise<void> {
  const shared: Tokens = await client.register({ email: 'tabs@example.org', password: '123456' });
  const refreshTokens = new Set([shared.refreshToken]);
  const until = Date.now() + DURATION_MS;
  let requests = 0;

  const runTab = async () => {
    while (Date.now() < until) {
      const { refreshToken } = shared;
      let newest = shared;
      for (let sending = 0; sending < SENDINGS; sending += 1) {
        newest = tokensOf(await client.refresh(refreshToken));
        refreshTokens.add(newest.refreshToken);
        requests += 1;
      }
      const { accessToken } = Object.assign(shared, newest);
      for (let use = 0; use < SENDINGS; use += 1) {
        assert.equal(await client.status(accessToken), 200);
        requests += 1;
      }
    }
  };
  await Promise.all(Array.from({ length: TABS }, runTab));

  assert.ok(refreshTokens.size > 2, `the session was rotated: ${refreshTokens.size} refresh tokens`);
  assert.equal((await client.refresh(shared.refreshToken)).status, 200);
  const what = `${requests} requests, ${refreshTokens.size} refresh tokens, every response 200`;
  console.log(`ok: ${TABS} tabs for ${DURATION_MS / 1000} seconds: ${what}`);
}
