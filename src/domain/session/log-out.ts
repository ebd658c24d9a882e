import { Refusal } from '../../errors.ts';
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
 * However many sessions there are, one batch and one entry. No clock decides: the user's version counts up, tokens of a lower
 * one are refused, and a login begun under a lower one is not completed. The database goes first, since an entry without it
 * would refuse the tokens of later logins too.
 */
async function endAll({ config, now, sessions, denylist }: Powers, { user }: Caller): Promise<void> {
  const version = await sessions.revokeAll(user.id, now());
  if (version !== undefined) await denylist.addUser(user.id, version, denylistTtl(config));
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
 * As `authenticate`, but the database decides alone, so that asking again completes a logout that was half recorded. A
 * session that only the denylist knows as revoked is let in, to be ended again. For one that only the database knows as
 * revoked, adds the missing entry, and then refuses with `revoked_token`. Rejects with `StorageFailure` when that fails.
 */
export async function authenticateToLogOut(deps: Powers, accessToken: string): Promise<Caller> {
  const { caller, session, isListed } = await identify(deps, accessToken);
  if (session.revokedAt === null) return caller;
  await completeEntry(deps, caller, isListed === true);
  throw new Refusal('revoked_token');
}

/**
 * Writes the entry that a logout of all has left out, if one may have ended the caller's session; otherwise that of the
 * session, unless it is listed. Of several logouts of all, the last one counts: an entry of an earlier one concerns fewer tokens.
 */
async function completeEntry({ config, sessions, denylist }: Powers, { claims, user }: Caller, isListed: boolean) {
  const ttlSeconds = denylistTtl(config);
  const version = (await sessions.findEndedVersion(user.id)) ?? 0;
  if (version > claims.user_version) await denylist.addUser(user.id, version, ttlSeconds);
  else if (!isListed) await denylist.addSession(claims.sid, ttlSeconds);
}
