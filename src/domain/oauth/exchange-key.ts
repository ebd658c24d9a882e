import { codeOf, Refusal } from '../../errors.ts';
import { checkKey, type KeyCheckDeps } from '../key/check-key.ts';
import { asBearer, scopeOf } from '../session/bearer.ts';
import type { GrantedToken } from '../session/session.ts';
import { signToken } from '../session/sign-token.ts';
import { audienceOf } from './audience-of.ts';
import type { TokenRequest } from './grant-client-credentials.ts';
import { grantScopes } from './requested-scope.ts';

/**
 * An access token for the API key `key` (RFC 8693), with all scopes that the key has now, or those requested. One round
 * trip. Refuses with `invalid_subject_token`, `invalid_scope` and `invalid_target`.
 */
export async function exchangeKey(
  deps: KeyCheckDeps,
  key: string,
  { scope, resource }: TokenRequest,
): Promise<GrantedToken> {
  const audience = audienceOf(resource, deps.config);
  const holder = await checkKey(deps, key).catch((error: unknown) => {
    const code = codeOf(error);
    if (code !== 'invalid_token' && code !== 'invalid_api_key') throw error;
    throw new Refusal('invalid_subject_token', { reason: error instanceof Refusal ? error.reason : undefined });
  });
  const scopes = grantScopes(scope, holder.scopes);
  const now = deps.now();
  if (holder.expiresAt !== null && holder.expiresAt.getTime() < now.getTime() + 1000)
    throw new Refusal('invalid_subject_token', { reason: 'in its last second' });
  const { claims } = asBearer(holder, { jti: '', iat: 0, ...scopeOf(scopes) });
  return signToken(claims, { audience, now, expiresAt: holder.expiresAt }, deps.config);
}
