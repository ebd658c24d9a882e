import { Refusal } from '../../errors.ts';
import type { Deps } from '../deps.ts';
import type { GrantedToken } from '../session/session.ts';
import { signToken } from '../session/sign-token.ts';
import { scopeOf } from '../session/bearer.ts';
import { noteWhenDue } from '../late-note.ts';
import { takeRequest } from '../take-request.ts';
import { audienceOf } from './audience-of.ts';
import type { AuthenticatedClient } from './authenticate-client.ts';
import { grantScopes } from './requested-scope.ts';

/** What a client may ask of an access token: scopes with spaces between them, and the audience. */
export type TokenRequest = { scope: string | undefined; resource: string | undefined };

/** What a grant to a client needs. */
export type ClientDeps = Pick<Deps, 'config' | 'now' | 'note' | 'limiter' | 'clients' | 'afterResponse'>;

/**
 * An access token for `client` in its own name (RFC 6749, section 4.4), with all its scopes or those requested. No round
 * trip. Refuses with `unauthorized_client` a client of `OAUTH_CLIENTS`, with `invalid_scope`, with `invalid_target`, and
 * with `too_many_requests` when the client asks too often.
 */
export async function grantClientCredentials(
  deps: ClientDeps,
  client: AuthenticatedClient,
  { scope, resource }: TokenRequest,
): Promise<GrantedToken> {
  if (client.isConfigured) throw new Refusal('unauthorized_client', { reason: 'a client of OAUTH_CLIENTS' });
  const { id, row } = client;
  await takeRequest(deps, 'account', `client:${id}`);
  const audience = audienceOf(resource, deps.config);
  const scopes = grantScopes(scope, row.scopes);
  const at = deps.now();
  noteWhenDue(deps, 'use', { id, at, last: row.lastUsedAt }, (use) => deps.clients.noteUse(use));
  const claims = { sub: id, client_id: id, client_version: row.version, ...scopeOf(scopes) };
  return signToken(claims, { audience, now: at, expiresAt: null }, deps.config);
}
