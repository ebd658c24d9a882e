import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createClient } from '@libsql/client/http';
import type { Page } from 'playwright-core';
import { WRANGLER } from '../../../wrangler/cli.ts';
import type { Place } from './place.ts';

/** How long ago the sessions say that they have begun: longer than the ten minutes of RFC 9470's `max_age`. */
const AGE_MS = 16 * 60_000;

/** As if 16 minutes had passed since somebody with this address proved who it is: the database of the service says so. */
export async function ageLogins({ output, state }: Pick<Place, 'output' | 'state'>, email: string): Promise<void> {
  assert.match(email, /^joe-[\da-f-]+@gmail\.com$/);
  const change = `UPDATE sessions SET started_at = started_at - ${AGE_MS}, authenticated_at = authenticated_at - ${AGE_MS}
    WHERE user_id = (SELECT id FROM users WHERE email = '${email}')`;
  const [, url, authToken = ''] = /TURSO_DATABASE_URL=(\S+) TURSO_AUTH_TOKEN=(\S+)/.exec(output()) ?? [];
  if (url !== undefined) {
    const { rowsAffected } = await createClient({ url, authToken }).execute(change);
    return assert.ok(rowsAffected > 0);
  }
  const args = [WRANGLER, 'd1', 'execute', 'DB', '--local', '--persist-to', state, '--json', '--command', change];
  assert.equal(spawnSync(process.execPath, args).status, 0);
}

/** The same, on a page whose clock goes with it. The page refreshes its access token then. */
export async function waitLong(page: Page, place: Place, email: string): Promise<void> {
  await ageLogins(place, email);
  await page.clock.fastForward(AGE_MS);
}
