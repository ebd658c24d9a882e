import { Refusal } from '../errors.ts';
import { type Caller, identify, type Powers } from './authenticate.ts';
import { denylistTtl, endSession } from './session.ts';

/** Which sessions of the caller a logout ends: this one, all but this one, or all. */
export const logoutScopes = ['session', 'others', 'all'] as const;

export type LogoutScope = (typeof logoutScopes)[number];

/** What one request may write to KV, each entry twice if need be, stays well below the thousand calls that Workers allow it. */
const MAX_ENTRIES = 400;

/**
 * Ends the caller's session, its others, or all. Rejects with `StorageFailure` when that could not be recorded; asking again
 * completes it. Refuses with `revoked_token` when, meanwhile, another session has ended this one.
 */
export async function logOut(deps: Powers, caller: Caller, scope: LogoutScope): Promise<void> {
  if (scope === 'all') return endAll(deps, caller);
  if (scope === 'others') return endOthers(deps, caller);
  return endSession(deps, caller.claims.sid);
}

/**
 * However many sessions there are, one entry and one batch. No clock decides: the user's version counts up, tokens of a lower
 * one are refused, and a login begun under a lower one is not completed. The entry goes first, since asking again takes a
 * live session. When another logout has counted up meanwhile, the entry is written again.
 */
async function endAll({ config, now, sessions, denylist }: Powers, { user: { id, version } }: Caller): Promise<void> {
  const ttlSeconds = denylistTtl(config);
  await denylist.addUser(id, version + 1, ttlSeconds);
  const counted = await sessions.revokeAll(id, now());
  if (counted > version + 1) await denylist.addUser(id, counted, ttlSeconds);
}

/** An entry for each session that has access tokens in force: one for all of them would have to spare this session. */
async function endOthers({ config, now, sessions, denylist }: Powers, { claims, user }: Caller): Promise<void> {
  const at = now();
  const ttlSeconds = denylistTtl(config);
  const since = new Date(at.getTime() - ttlSeconds * 1000);
  const others = await sessions.revokeOthers({ id: claims.sid, userId: user.id }, { at, since });
  if (others === undefined) throw new Refusal('revoked_token', { reason: 'ended by another session at the same time' });
  // Within the grace after a rotation, access tokens are handed out without another.
  const lastRotation = since.getTime() - config.refreshGraceSeconds * 1000;
  const recent = others.filter(({ startedAt, rotatedAt }) => (rotatedAt ?? startedAt).getTime() > lastRotation);
  if (recent.length > MAX_ENTRIES) throw new Refusal('storage_unavailable', { reason: 'too many sessions to list' });
  const writes = recent.map(({ id }) => denylist.addSession(id, ttlSeconds));
  await Promise.allSettled(writes);
  await Promise.all(writes);
}

/**
 * As `authenticate`, for a logout, for which the database decides alone: a session that is listed and not marked is one
 * whose logout reached the denylist only, and may be ended again. One that is marked and not listed is listed before its
 * token is refused with `revoked_token`. Rejects with `StorageFailure` when that could not be recorded.
 */
export async function authenticateToLogOut(deps: Powers, accessToken: string): Promise<Caller> {
  const { caller, isMarked, isListed } = await identify(deps, accessToken);
  if (!isMarked) return caller;
  if (!isListed) await logOut(deps, caller, 'session');
  throw new Refusal('revoked_token');
}
