import { isLikeApiKey } from '../../crypto/api-key.ts';
import { type AnyClaims, isOfMachine, isOfSession } from '../../crypto/access-token-claims.ts';
import { verifyRefreshToken } from '../../crypto/refresh-token.ts';
import { Refusal } from '../../errors.ts';
import type { Deps } from '../deps.ts';
import { findKeyRow } from '../key/check-key.ts';
import { ownerOfKey } from '../key/key-owner.ts';
import { revokeKey } from '../key/revoke-key.ts';
import { denylistToken } from '../denylist.ts';
import { type RevocationDeps, revokeSession } from '../revocation.ts';
import { audienceIn, readToken } from '../session/read-token.ts';
import { revokeRefreshToken } from '../session/revoke-refresh-token.ts';
import { isAboutToken } from '../session/verify.ts';
import type { AuthenticatedClient } from './authenticate-client.ts';
import { hasOwnScope } from './own-scopes.ts';

/**
 * Revokes the session of `token`: an access token, expired or not, or a refresh token of any generation. An access token
 * without a session is revoked alone, and an API key with all that it was exchanged for. Does nothing for anything else
 * (RFC 7009, section 2.2). Refuses with `unauthorized_client` what is not the client's own, unless it has
 * `latchkey:revoke`. Rejects with `StorageFailure` unless everything has been recorded.
 */
export async function revokeToken(
  deps: RevocationDeps & Pick<Deps, 'apiKeys'>,
  client: AuthenticatedClient,
  token: string,
): Promise<void> {
  if (isLikeApiKey(token)) return revokePresentedKey(deps, client, token);
  if ((await verifyRefreshToken(token, deps.config.secretKey)) !== undefined) {
    permit(client, undefined);
    await revokeRefreshToken(deps, token);
    return;
  }
  const claims = await findClaims(deps, token);
  if (claims === undefined) return;
  permit(client, isOfMachine(claims) ? claims.sub : undefined);
  await (isOfSession(claims) ? revokeSession(deps, claims.sid) : denylistToken(deps, claims.jti));
}

/** Also a key that is revoked or expired already: that completes a revocation that failed halfway. */
async function revokePresentedKey(
  deps: RevocationDeps & Pick<Deps, 'apiKeys'>,
  client: AuthenticatedClient,
  key: string,
): Promise<void> {
  const found = await findKeyRow(deps, key);
  if (found === undefined) return;
  const owner = ownerOfKey(found.key);
  permit(client, owner.kind === 'client' ? owner.id : undefined);
  await revokeKey(deps, owner, found.key.id, { actor: `client:${client.id}` });
}

/** Refuses to revoke what is of the client `owner`, or of a user without one. */
function permit(client: AuthenticatedClient, owner: string | undefined): void {
  if (client.id === owner || hasOwnScope(client, 'latchkey:revoke')) return;
  throw new Refusal('unauthorized_client', { reason: 'neither its own nor latchkey:revoke' });
}

async function findClaims({ config, now }: RevocationDeps, token: string): Promise<AnyClaims | undefined> {
  const terms = { now: now(), mayBeExpired: true, audience: audienceIn(token, config) };
  return readToken(token, config, terms).catch((error: unknown) => {
    if (isAboutToken(error)) return undefined;
    throw error;
  });
}
