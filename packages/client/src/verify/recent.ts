import type { CallerClaims } from './claims.ts';
import { isRecord } from './shapes.ts';

/** How a user must have authenticated. */
export type Recency = {
  /** How long ago at most, in seconds: 600 by default. */
  maxAgeSeconds?: number | undefined;
  /** `aal2` wants two factors, or a passkey. */
  acr?: 'aal2' | undefined;
  /** The clock: by default `() => new Date()`. */
  now?: (() => Date) | undefined;
};

/** The options, of which none is left out but `acr`. */
export type CheckedRecency = { maxAgeSeconds: number; acr: 'aal2' | undefined; now: () => Date };

const DEFAULT_MAX_AGE_SECONDS = 600;
const NAMES: readonly string[] = ['maxAgeSeconds', 'acr', 'now'];

/**
 * Whether the user of these verified `claims` authenticated recently, and by two factors where `acr` says so (RFC 9470).
 * `false` for machines, for API keys and for tokens that do not tell. Throws `TypeError` for wrong options.
 */
export function isRecent(claims: CallerClaims, options: Recency = {}): boolean {
  return meets(claims, checkRecency(options));
}

/** The same for what may be no claims at all. */
export function meets(claims: unknown, { maxAgeSeconds, acr, now }: CheckedRecency): boolean {
  if (!isRecord(claims) || typeof claims['sid'] !== 'string') return false;
  const { auth_time: time, acr: reached } = claims;
  if (typeof time !== 'number' || !(now().getTime() / 1000 - time <= maxAgeSeconds)) return false;
  return acr === undefined || reached === acr;
}

/** The options. Throws `TypeError` for wrong ones: a mistyped `acr` would let on users with one factor. */
export function checkRecency(options: Recency): CheckedRecency {
  const strange = Object.keys(options).find((name) => !NAMES.includes(name));
  if (strange !== undefined) throw new TypeError(`There is no "${strange}" here. Known names: ${NAMES.join(', ')}.`);
  const { maxAgeSeconds = DEFAULT_MAX_AGE_SECONDS, acr, now = () => new Date() } = options;
  if (!Number.isInteger(maxAgeSeconds) || maxAgeSeconds < 1) {
    throw new TypeError('maxAgeSeconds must be a whole number from 1.');
  }
  if (acr !== undefined && acr !== 'aal2') throw new TypeError("acr must be 'aal2', or be left out.");
  if (typeof now !== 'function') throw new TypeError('now must be a function.');
  return { maxAgeSeconds, acr, now };
}
