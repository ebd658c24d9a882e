import { Refusal } from '../errors.ts';
import { type Caller, identify, type Powers } from './authenticate.ts';
import { endSession, listingSeconds } from './session.ts';
import { sessionOf } from './verify.ts';

/** Which sessions of the caller a logout ends: this one, all but this one, or all. */
export const logoutScopes = ['session', 'others', 'all'] as const;

export type LogoutScope = (typeof logoutScopes)[number];

/** What one request may write to KV, each entry twice if need be, stays well below the thousand calls that Workers allow it. */
const MAX_ENTRIES = 400;

type OwnSession = ReturnType<typeof sessionOf>;
type Ending = { at: Date; ttlSeconds: number };

/**
 * Ends the caller's session, its others, or all. Rejects with `StorageFailure` when that could not be recorded; asking again
 * completes it. Refuses with `revoked_token` when, meanwhile, another session has ended this one.
 */
export async function logOut(deps: Powers, { claims }: Caller, scope: LogoutScope): Promise<void> {
  const at = deps.now();
  const ttlSeconds = listingSeconds(deps.config, at, claims.exp);
  if (scope === 'all') return endAll(deps, sessionOf(claims), { at, ttlSeconds });
  if (scope === 'others') return endOthers(deps, sessionOf(claims), { at, ttlSeconds });
  return endSession(deps, { id: claims.sid, at, ttlSeconds });
}

/**
 * However many sessions there are, one entry and one statement. The entry goes first: asking again takes a live session. A
 * login that is under way meanwhile may come out listed and not marked, and has to be repeated.
 */
async function endAll({ sessions, denylist }: Powers, { userId, startedAt }: OwnSession, { at, ttlSeconds }: Ending) {
  const until = new Date(Math.max(at.getTime(), startedAt.getTime()));
  await denylist.addUser(userId, until, ttlSeconds);
  await sessions.revokeAll(userId, until);
}

/** An entry for each session that has access tokens in force: one for all of them would have to spare this session. */
async function endOthers(deps: Powers, own: OwnSession, { at, ttlSeconds }: Ending): Promise<void> {
  const { config, sessions, denylist } = deps;
  const since = new Date(at.getTime() - ttlSeconds * 1000);
  const others = await sessions.revokeOthers(own, { at, since });
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
