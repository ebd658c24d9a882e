import { isLikeApiKey } from '../../crypto/api-key.ts';
import { isOfMachine } from '../../crypto/access-token-claims.ts';
import { Refusal } from '../../errors.ts';
import type { Deps } from '../deps.ts';
import { checkKey, type KeyCheckDeps } from '../key/check-key.ts';
import { bearerOfKey, type Bearer } from './bearer.ts';
import { readClaims, readToken } from './read-token.ts';
import { findStanding, requireStanding } from './standing.ts';

/**
 * What a place asks of its callers. **A place that names no scope lets in people only.** One that does lets in everybody
 * who has all of the `scopes`: people, machines, and API keys. Without an `audience`, tokens are for `AUDIENCE`.
 */
export type Place = { scopes: readonly string[]; audience: string | undefined };

/**
 * Who presents `token` at `place`. For an access token one KV read and no database, so a revocation takes effect within
 * about a minute. For an API key one round trip to the database and no KV, so a revocation is immediate.
 *
 * Refuses with `expired_token`, `invalid_token`, `revoked_token` and `invalid_api_key`; with `user_required` machines and
 * API keys at a place for people only; with `insufficient_scope`; and with `invalid_request` an audience that is not
 * configured. Fails closed: rejects with `StorageFailure` when storage is out of reach.
 */
export async function verify(
  deps: KeyCheckDeps & Pick<Deps, 'denylist'>,
  token: string,
  { scopes, audience }: Place,
): Promise<Bearer> {
  const { config } = deps;
  if (audience !== undefined && ![config.audience, ...config.resources].includes(audience))
    throw new Refusal('invalid_request', { errors: [{ path: 'audience', message: 'Is not one of this service.' }] });
  if (scopes.length === 0 && audience === undefined) return verifyPerson(deps, token);
  if (scopes.length === 0) throw new Refusal('invalid_request', { errors: [NO_SCOPE] });
  const bearer = isLikeApiKey(token)
    ? bearerOfKey(await checkKey(deps, token))
    : await verifyToken(deps, token, audience);
  requireScopes(bearer.claims.scope, scopes);
  return bearer;
}

const NO_SCOPE = { path: 'scope', message: 'Must name a scope, since an audience is named.' };

async function verifyPerson(deps: Pick<Deps, 'config' | 'now' | 'denylist'>, token: string): Promise<Bearer> {
  const claims = await readClaims(token, deps.config, { now: deps.now() });
  requireStanding(await findStanding(deps.denylist, claims));
  return { kind: 'user', claims };
}

async function verifyToken(
  { config, now, denylist }: Pick<Deps, 'config' | 'now' | 'denylist'>,
  token: string,
  audience = config.audience,
): Promise<Bearer> {
  const claims = await readToken(token, config, { now: now(), audience });
  requireStanding(await findStanding(denylist, claims));
  return isOfMachine(claims) ? { kind: 'machine', claims } : { kind: 'user', claims };
}

/** Refuses with `insufficient_scope` unless `scope`, as a token has it, holds all of `needed` (RFC 6750, section 3.1). */
function requireScopes(scope: string | undefined, needed: readonly string[]): void {
  const held = scope?.split(' ') ?? [];
  if (!needed.every((name) => held.includes(name))) throw new Refusal('insufficient_scope', { needed });
}

/** Whether `error` is a refusal of the token, and not a failure of the service. */
export function isAboutToken(error: unknown): boolean {
  const codes: string[] = ['expired_token', 'invalid_token', 'revoked_token', 'invalid_api_key', 'user_required'];
  return error instanceof Refusal && codes.includes(error.code);
}
