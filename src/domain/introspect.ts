import type { AccessTokenClaims } from '../crypto/access-token.ts';
import { openRefreshToken, type RefreshTokenParts } from '../crypto/refresh-token.ts';
import { authenticate, type Powers } from './authenticate.ts';
import { isInGrace } from './session.ts';
import { isAboutToken } from './verify.ts';

/** What is said of a token that would be accepted now; times in epoch seconds. */
export type TokenState =
  | { kind: 'access_token'; claims: AccessTokenClaims }
  | { kind: 'refresh_token'; sub: string; sid: string; exp: number };

/**
 * The state of an access or refresh token, the database asked; `undefined` when it would not be accepted, for whatever
 * reason. Nothing is rotated, and no reuse is acted upon. Rejects with `StorageFailure`.
 */
export async function introspect(deps: Powers, token: string): Promise<TokenState | undefined> {
  const parts = await openRefreshToken(token, deps.config.secretKey);
  if (parts !== undefined) return introspectRefreshToken(deps, parts);
  try {
    const { claims } = await authenticate(deps, token);
    return { kind: 'access_token', claims };
  } catch (error) {
    if (isAboutToken(error)) return undefined;
    throw error;
  }
}

async function introspectRefreshToken(
  { config, now, sessions }: Powers,
  { sessionId, generation }: RefreshTokenParts,
): Promise<TokenState | undefined> {
  const row = await sessions.findWithUser(sessionId);
  if (row === undefined || row.session.revokedAt !== null || row.user.disabledAt !== null) return undefined;
  const { session } = row;
  const at = now();
  const absoluteEnd = session.startedAt.getTime() + config.refreshAbsoluteTtlSeconds * 1000;
  const end = Math.min(session.expiresAt.getTime(), absoluteEnd);
  const isInForce = generation === session.generation || isInGrace(session, generation, at, config);
  if (!isInForce || end <= at.getTime()) return undefined;
  return { kind: 'refresh_token', sub: session.userId, sid: session.id, exp: Math.floor(end / 1000) };
}
