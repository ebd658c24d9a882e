import { sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { loginAttempts } from '../../tables/login-attempts.ts';

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

/** The values of `attempt`, as the statement binds them. */
const valuesOf = ({ at, pair, account, network }: Attempt) => ({
  at,
  pairKey: pair.key,
  pairFree: pair.free,
  pairFirstDelay: pair.firstDelayMs,
  pairLongestDelay: pair.longestDelayMs,
  accountKey: account.key,
  accountFree: account.free,
  accountFirstDelay: account.firstDelayMs,
  accountLongestDelay: account.longestDelayMs,
  networkKey: network.key,
  networkFree: network.free,
  networkFirstDelay: network.firstDelayMs,
  networkLongestDelay: network.longestDelayMs,
});

const count = statement((given: Given<ReturnType<typeof valuesOf>>) => {
  const now = given.at;
  const counted = sql`
    WITH limits (key, free, first_delay, longest_delay, is_pair) AS (VALUES
      (${given.pairKey}, ${given.pairFree}, ${given.pairFirstDelay}, ${given.pairLongestDelay}, true),
      (${given.accountKey}, ${given.accountFree}, ${given.accountFirstDelay}, ${given.accountLongestDelay}, false),
      (${given.networkKey}, ${given.networkFree}, ${given.networkFirstDelay}, ${given.networkLongestDelay}, false)
    ),
    concerned AS (
      SELECT limits.*, counted.retry_at, max(coalesce(counted.forgotten_at, 0), ${now}) + longest_delay AS forgotten_at
      FROM limits LEFT JOIN login_attempts AS counted ON counted.key = limits.key
      WHERE is_pair OR NOT EXISTS (SELECT 1 FROM known_networks WHERE key = ${given.pairKey} AND known_until > ${now})
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
});

/**
 * Decides whether an attempt is let through, and if so counts it, in one statement and before the password is verified.
 * So simultaneous attempts get no further than successive ones. Returns the keys that the attempt was counted for: none
 * when one of them has to wait. Attempts made while waiting do not extend the wait.
 */
export const countAttempt = (attempt: Attempt) => count(valuesOf(attempt));
