import { Refusal } from '../../errors.ts';
import type { Caller } from './authenticate.ts';

/** How long an authentication counts as recent. */
export const RECENT_SECONDS = 600;

type Authenticated = Pick<Caller, 'claims' | 'hasFactor'>;

/**
 * Lets pass a caller who has authenticated in the last `RECENT_SECONDS`, and with a second factor if the account has
 * one. The access token tells, so that a client knows what it holds (RFC 9470, section 6). Refuses with
 * `insufficient_user_authentication`.
 */
export function requireRecent({ claims, hasFactor }: Authenticated, at: Date): void {
  const stepUp = { maxAgeSeconds: RECENT_SECONDS, acr: hasFactor ? ('aal2' as const) : undefined };
  const ageSeconds = at.getTime() / 1000 - claims.auth_time;
  if (ageSeconds > RECENT_SECONDS)
    throw new Refusal('insufficient_user_authentication', { reason: 'authenticated too long ago', stepUp });
  if (hasFactor && claims.acr !== 'aal2')
    throw new Refusal('insufficient_user_authentication', { reason: 'no second factor', stepUp });
}

/**
 * As `requireRecent`, for a request that carries the current password: of an account without a second factor, that is
 * authentication enough.
 */
export function requireRecentFactor(caller: Authenticated, at: Date): void {
  if (caller.hasFactor) requireRecent(caller, at);
}
