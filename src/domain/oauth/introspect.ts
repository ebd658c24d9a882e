import type { AccessTokenClaims } from '../../crypto/access-token.ts';
import { authenticate, type AuthenticationDeps } from '../session/authenticate.ts';
import { isAboutToken } from '../session/verify.ts';

/**
 * The claims of `token`, if it is an access token that the database accepts now. Otherwise `undefined`, also for a
 * refresh token: a resource server would accept that as a bearer token (RFC 7662, section 4). Rejects with
 * `StorageFailure`.
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
