import { type AttemptKeys, codesKeyOf } from '../../crypto/attempt-keys.ts';
import type { Attempt } from '../../store/statements/login/count-attempt.ts';
import type { KnownNetwork } from '../../store/statements/login/remember-network.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Attempts at one account from one network. */
const BY_PAIR = { free: 10, firstDelayMs: MINUTE_MS, longestDelayMs: HOUR_MS };

/**
 * Attempts at one account from all networks that it does not know. Delays are short, or strangers could lock its owner
 * out.
 */
const BY_ACCOUNT = { free: 20, firstDelayMs: 1000, longestDelayMs: MINUTE_MS };

/**
 * Attempts from one network at all accounts that do not know it. More are free, because a network may have many users.
 */
const BY_NETWORK = { free: 100, firstDelayMs: 1000, longestDelayMs: MINUTE_MS };

/**
 * Attempts at the codes of one account from all networks that it does not know. A code has only six digits, so the
 * delays are longer than for passwords. Nobody gets here without the password or a session.
 */
const BY_CODES = { free: 10, firstDelayMs: MINUTE_MS, longestDelayMs: HOUR_MS };

const KNOWN_MS = 90 * DAY_MS;

/**
 * The keys and limits that a login attempt is counted under. NIST SP 800-63B-4, section 3.2.2, with delays instead of
 * disabling, and with its exception for networks that the account has logged in from before. OWASP ASVS 5.0, 6.3.1.
 */
export function attemptAt(at: Date, keys: AttemptKeys): Attempt {
  return {
    at,
    pair: { key: keys.pair, ...BY_PAIR },
    account: { key: keys.account, ...BY_ACCOUNT },
    network: { key: keys.network, ...BY_NETWORK },
  };
}

/**
 * The same for an attempt at a code of a second factor. It counts as one at the password does, from the network and for the
 * pair, and for the account on its own.
 */
export function codeAttemptAt(at: Date, keys: AttemptKeys): Attempt {
  return { ...attemptAt(at, keys), account: { key: codesKeyOf(keys.account), ...BY_CODES } };
}

/** The network of a login or registration at `at`. The account knows it for 90 days. */
export function knownSince(at: Date, { pair }: Pick<AttemptKeys, 'pair'>): KnownNetwork {
  return { key: pair, until: new Date(at.getTime() + KNOWN_MS) };
}
