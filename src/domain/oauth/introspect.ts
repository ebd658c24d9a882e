import { isLikeApiKey } from '../../crypto/api-key.ts';
import { isOfSession } from '../../crypto/access-token-claims.ts';
import { checkKey, type KeyCheckDeps } from '../key/check-key.ts';
import { type AuthenticationDeps, findCaller } from '../session/authenticate.ts';
import { type Bearer, bearerOfKey } from '../session/bearer.ts';
import { audienceIn, readToken } from '../session/read-token.ts';
import { isAboutToken } from '../session/verify.ts';
import type { AuthenticatedClient } from './authenticate-client.ts';
import { findLoneBearer, type LoneTokenDeps } from './find-lone-bearer.ts';
import { requireOwnScope } from './own-scopes.ts';

/** Who presents a token, and whom the token is for. */
export type Introspected = Bearer & { audience: string };

/**
 * Who presents `token`, if it is an access token or an API key that the database accepts now. Otherwise `undefined`, also
 * for a refresh token: a resource server would accept that as a bearer token (RFC 7662, section 4). One round trip.
 * Refuses with `unauthorized_client`. Rejects with `StorageFailure`.
 */
export async function introspect(
  deps: AuthenticationDeps & KeyCheckDeps & LoneTokenDeps,
  client: AuthenticatedClient,
  token: string,
): Promise<Introspected | undefined> {
  requireOwnScope(client, 'latchkey:introspect');
  try {
    return await findBearer(deps, token);
  } catch (error) {
    if (isAboutToken(error)) return undefined;
    throw error;
  }
}

async function findBearer(
  deps: AuthenticationDeps & KeyCheckDeps & LoneTokenDeps,
  token: string,
): Promise<Introspected> {
  const { config } = deps;
  if (isLikeApiKey(token)) return { ...bearerOfKey(await checkKey(deps, token)), audience: config.audience };
  const audience = audienceIn(token, config);
  const now = deps.now();
  const claims = await readToken(token, config, { now, audience });
  if (!isOfSession(claims)) return { ...(await findLoneBearer(deps, claims)), audience };
  return { kind: 'user', claims: (await findCaller(deps, claims, now)).claims, audience };
}
