import { sql } from 'drizzle-orm';
import { build } from '../build.ts';
import { loginAttempts } from '../tables/login-attempts.ts';

/**
 * How many guesses are let through at what `key` stands for: `free` ones without delay, then one after `firstDelayMs`.
 * The delay doubles with each further attempt, up to `longestDelayMs`. One attempt is forgotten every `longestDelayMs`.
 */
export type AttemptLimit = { key: string; free: number; firstDelayMs: number; longestDelayMs: number };

/**
 * A login attempt at the time `at`, and what it counts for. It always counts for the pair of account and network. It
 * counts for the account and for the network too, unless the account has logged in from that network before.
 */
export type Attempt = { at: Date; pair: AttemptLimit; account: AttemptLimit; network: AttemptLimit };

/** More than any delay takes. In SQLite, a number shifted by 64 is 0. */
const MAX_DOUBLINGS = 30;

/**
 * Decides whether an attempt is let through, and if so counts it, in one statement and before the password is verified.
 * So simultaneous attempts get no further than successive ones. Returns the keys that the attempt was counted for: none
 * when one of them has to wait. Attempts made while waiting do not extend the wait.
 */
export function countAttempt({ at, pair, account, network }: Attempt) {
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
  return build
    .insert(loginAttempts)
    .select(counted)
    .onConflictDoUpdate({
      target: loginAttempts.key,
      set: { retryAt: sql`excluded.retry_at`, forgottenAt: sql`excluded.forgotten_at` },
    })
    .returning({ key: loginAttempts.key });
}
