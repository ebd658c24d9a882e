import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { loginAttempts } from '../schema.ts';

/**
 * How often may be guessed at what `key` stands for: `free` times without delay, then after `firstDelayMs`, which doubles with
 * each further attempt up to `longestDelayMs`. Every `longestDelayMs` one attempt is forgotten.
 */
export type AttemptLimit = { key: string; free: number; firstDelayMs: number; longestDelayMs: number };

/**
 * An attempt to log in at `at`, and what it counts for: the account at this network, and where that is not known to have
 * logged in, the account at any network and the network whatever the account.
 */
export type Attempt = { at: Date; pair: AttemptLimit; account: AttemptLimit; network: AttemptLimit };

/** More than any delay takes. SQLite makes nothing of a number that is shifted by 64. */
const MAX_DOUBLINGS = 30;

/**
 * The one statement that decides whether an attempt is let through, and counts it if so, before anyone looks at the password:
 * of any number at once, no more come through than one after the other would. Returns the keys that it was counted for, and
 * none when one of them has to wait; attempts made while waiting do not extend the wait.
 */
export function countAttempt(database: Database, { at, pair, account, network }: Attempt) {
  const now = sql`${at.getTime()}`;
  const rows = [pair, account, network].map(
    ({ key, free, firstDelayMs, longestDelayMs }) =>
      sql`(${key}, ${free}, ${firstDelayMs}, ${longestDelayMs}, ${key === pair.key ? 1 : 0})`,
  );
  const counted = sql`
    WITH limits (key, free, first_delay, longest_delay, is_pair) AS (VALUES ${sql.join(rows, sql`, `)}),
    concerned AS (
      SELECT limits.*, counted.retry_at, max(coalesce(counted.forgotten_at, 0), ${now}) + longest_delay AS forgotten_at
      FROM limits LEFT JOIN login_attempts AS counted ON counted.key = limits.key
      WHERE is_pair OR NOT EXISTS (SELECT 1 FROM known_networks WHERE key = ${pair.key} AND known_until > ${now})
    ),
    weighed AS (
      SELECT *, CAST((forgotten_at - ${now} + longest_delay - 1) / longest_delay AS INTEGER) - free AS excess
      FROM concerned
    )
    SELECT
      key,
      ${now} + CASE WHEN excess < 0 THEN 0 ELSE min(longest_delay, first_delay << min(excess, ${MAX_DOUBLINGS})) END,
      forgotten_at
    FROM weighed
    WHERE NOT EXISTS (SELECT 1 FROM concerned WHERE retry_at > ${now})`;
  return database
    .insert(loginAttempts)
    .select(counted)
    .onConflictDoUpdate({
      target: loginAttempts.key,
      set: { retryAt: sql`excluded.retry_at`, forgottenAt: sql`excluded.forgotten_at` },
    })
    .returning({ key: loginAttempts.key });
}
