import type { AccessTokenClaims, CallerClaims } from './claims.ts';
import { hasScopes } from './scopes.ts';

/**
 * Why a token is refused. `user_required` and `insufficient_scope` are about who its bearer is: the token is good.
 * `exchange_required` is for API keys where the public keys verify: exchange the key for an access token.
 */
export type RefusedCode =
  | 'malformed_token'
  | 'expired_token'
  | 'invalid_token'
  | 'revoked_token'
  | 'invalid_api_key'
  | 'exchange_required'
  | 'user_required'
  | 'insufficient_scope';

type Refused = { active: false; code: RefusedCode; reason?: string };

/**
 * Whether to let in the bearer of a token. A `reason` is for whoever develops the back end. `unavailable` says nothing
 * about the token: nobody can tell, so let nobody in. Its `cause` is for the operator. It holds no token and no secret.
 */
export type VerdictOn<Claims> =
  { active: true; claims: Claims } | Refused | { active: false; code: 'unavailable'; cause: Error };

/** Whether to let in a person, where no scope is named. */
export type Verdict = VerdictOn<AccessTokenClaims>;

/** Whether to let in whoever has the scopes: a person, a machine, or an API key. */
export type CallerVerdict = VerdictOn<CallerClaims>;

/**
 * One way to verify a well-formed access token, or an API key where `scopes` are named. It may ask Latchkey for the
 * `scopes`, and need not compare them itself. Rejects when nobody can tell.
 */
export type Way = (token: string, scopes: readonly string[] | undefined) => Promise<CallerVerdict>;

/** The verdict on a token that is refused with `code`. The `reason` holds nothing of the token. */
export function refuse(code: RefusedCode, reason?: string): Refused {
  return { active: false, code, ...(reason !== undefined && { reason }) };
}

/** A place that names no scope lets in people only. */
export function admitPerson(verdict: CallerVerdict): Verdict {
  if (!verdict.active) return verdict;
  const { claims } = verdict;
  return isPerson(claims) ? { active: true, claims } : refuse('user_required');
}

/** A place that names `scopes` lets in everybody who has all of them. */
export function admitCaller(verdict: CallerVerdict, scopes: readonly string[]): CallerVerdict {
  if (!verdict.active || hasScopes(verdict.claims.scope, scopes)) return verdict;
  return refuse('insufficient_scope');
}

/** A verifier of another make may give claims that its types do not allow. */
function isPerson(claims: CallerClaims): claims is AccessTokenClaims {
  return claims.kind === 'user' && typeof claims.sid === 'string';
}

/** The reason for a token that `isFor` finds to be for others. */
export const FOR_OTHERS = 'Its iss or aud is not the `issuer` or `audience` of the verifier.';

/** Whether a token of `iss` and `aud` is for these parties. What these parties do not give is not compared. */
export function isFor(
  { iss, aud }: { iss?: unknown; aud?: unknown },
  { issuer, audience }: { issuer?: string | undefined; audience?: string | undefined },
): boolean {
  const audiences: unknown[] = Array.isArray(aud) ? aud : [aud];
  return (issuer === undefined || iss === issuer) && (audience === undefined || audiences.includes(audience));
}
