import type { AccessTokenClaims } from '../../crypto/access-token.ts';
import { authenticate, type AuthenticationDeps } from '../session/authenticate.ts';
import { isAboutToken } from '../session/verify.ts';

/**
 * The claims of `token`, when it is an access token that is accepted now, the database asked. `undefined` for anything else,
 * a refresh token included: who asks is a resource server, which would take it for a bearer token (RFC 7662, section 4).
 * Rejects with `StorageFailure`.
 */
export async function introspect(deps: AuthenticationDeps, token: string): Promise<AccessTokenClaims | undefined> {
  try {
    const { claims } = await authenticate(deps, token);
    return claims;
  } catch (error) {
    if (isAboutToken(error)) return undefined;
    throw error;
  }
}
