import type { AttemptKeys } from '../../crypto/attempt-keys.ts';
import type { Attempt } from '../../store/statements/count-attempt.ts';
import type { KnownNetwork } from '../../store/statements/remember-network.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How often the password of one account may be guessed from one network. */
const BY_PAIR = { free: 10, firstDelayMs: MINUTE_MS, longestDelayMs: HOUR_MS };

/** From all networks that the account is not known at: briefly, or strangers could keep its owner out. */
const BY_ACCOUNT = { free: 20, firstDelayMs: 1000, longestDelayMs: MINUTE_MS };

/** From one network, those of all accounts that are not known there: there may be many people behind it. */
const BY_NETWORK = { free: 100, firstDelayMs: 1000, longestDelayMs: MINUTE_MS };

const KNOWN_MS = 90 * DAY_MS;

/**
 * What an attempt to log in counts for, and under which limits (NIST SP 800-63B-4, section 3.2.2, with delays in the place of
 * disabling, and with its exception for where the account has logged in from before; OWASP ASVS 5.0, 6.3.1).
 */
export function attemptAt(at: Date, keys: AttemptKeys): Attempt {
  return {
    at,
    pair: { key: keys.pair, ...BY_PAIR },
    account: { key: keys.account, ...BY_ACCOUNT },
    network: { key: keys.network, ...BY_NETWORK },
  };
}

/** The network of somebody who has logged in at `at`, or registered: it is known for 90 days. */
export function knownSince(at: Date, { pair }: Pick<AttemptKeys, 'pair'>): KnownNetwork {
  return { key: pair, until: new Date(at.getTime() + KNOWN_MS) };
}
