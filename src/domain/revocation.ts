import type { Config } from '../config/config.ts';
import type { AccessTokenClaims } from '../crypto/access-token-claims.ts';
import { Refusal } from '../errors.ts';
import type { OwnId } from '../store/statements/session/revoke-session-of-user.ts';
import type { SessionState, SessionTerms } from '../store/statements/session/session-state.ts';
import type { Session } from '../store/tables/sessions.ts';
import type { Deps } from './deps.ts';
import type { Caller, Revoker } from './session/authenticate.ts';
import { denylistSession, denylistTtl, denylistUser } from './denylist.ts';
import { newEvent, type Subject } from './event/new-event.ts';
import { sessionOf } from './session/standing.ts';

/** What every revocation needs: the database, which decides, and the denylist, which tells the edge. */
export type RevocationDeps = Pick<Deps, 'config' | 'now' | 'trace' | 'sessions' | 'denylist'>;

/** Who ends sessions, for the event: without `actor` the user, in the session `sessionId`. */
type By = Pick<Subject, 'actor' | 'sessionId'>;

/** KV entries that one request may write. Each may take two calls, and a request has a thousand. */
const MAX_ENTRIES = 400;

/**
 * Revokes the session `id` in database and denylist, both at once: a logout, if it is live. Rejects with `StorageFailure`
 * unless both are done. Revoking again is harmless, and completes what failed.
 */
export async function revokeSession(deps: RevocationDeps, id: string): Promise<void> {
  const event = newEvent(deps, 'logout', { sessionId: id });
  await allDone([deps.sessions.revoke(id, termsOf(deps), event), denylistSession(deps, id)]);
}

/**
 * Revokes the session that an access token belongs to, in database and denylist, both at once. Returns the state that
 * it was in; `undefined` when there is no such session. Completes the revocation of a session that was revoked before.
 * Rejects with `StorageFailure` unless all of that is done.
 */
export async function revokeSessionOfToken(
  deps: RevocationDeps,
  claims: AccessTokenClaims,
): Promise<SessionState | undefined> {
  const event = newEvent(deps, 'logout', { userId: claims.sub, sessionId: claims.sid });
  const revoked = deps.sessions.revokeOfUser({ id: claims.sid, userId: claims.sub }, termsOf(deps), event);
  const entry = denylistSession(deps, claims.sid);
  await Promise.allSettled([revoked, entry]);
  const state = await revoked;
  if (state !== 'revoked') {
    if (state !== undefined) await entry;
    return state;
  }
  // KV takes one write of a key in a second, so the entry may be there although this write failed.
  const isDenylisted = await entry.then(
    () => true,
    () => deps.denylist.isDenylisted(sessionOf(claims)),
  );
  await completeRevocation(deps, claims, isDenylisted);
  return state;
}

/**
 * Revokes a session of one user. Returns `false`, and does nothing, when the user has no such session. The database
 * goes first, because it knows whose the session is. Rejects with `StorageFailure` unless both are done; revoking again
 * completes it.
 */
export async function revokeSessionOfUser(
  deps: RevocationDeps,
  own: OwnId,
  by: Pick<By, 'actor'> = {},
): Promise<boolean> {
  const event = newEvent(deps, 'session_revoked', { userId: own.userId, sessionId: own.id, ...by });
  const isFound = (await deps.sessions.revokeOfUser(own, termsOf(deps), event)) !== undefined;
  if (isFound) await denylistSession(deps, own.id);
  return isFound;
}

const termsOf = ({ config, now }: Pick<RevocationDeps, 'config' | 'now'>): SessionTerms => ({
  at: now(),
  absoluteTtlSeconds: config.refreshAbsoluteTtlSeconds,
});

/**
 * Revokes all sessions of the user but `own.id`. Every revoked session that may have access tokens in force gets an
 * entry: one entry for the user would concern `own.id` too. Refuses with `revoked_token` when another session has
 * revoked `own.id` meanwhile, and with `storage_unavailable` when there are more sessions than one request can
 * denylist.
 */
export async function revokeOtherSessions(deps: RevocationDeps, own: OwnId): Promise<void> {
  const { config, now, sessions, denylist } = deps;
  const event = newEvent(deps, 'sessions_revoked', {
    userId: own.userId,
    sessionId: own.id,
    data: { scope: 'others' },
  });
  const at = now();
  const ttlSeconds = denylistTtl(config);
  const since = new Date(at.getTime() - ttlSeconds * 1000);
  const others = await sessions.revokeOthers(own, { at, since }, event);
  if (others === undefined)
    throw new Refusal('revoked_token', { reason: 'revoked by another session at the same time' });
  // Within the grace after a rotation, a session gets access tokens without another rotation.
  const lastRotation = since.getTime() - config.refreshGraceSeconds * 1000;
  const recent = others.filter(({ startedAt, rotatedAt }) => (rotatedAt ?? startedAt).getTime() > lastRotation);
  if (recent.length > MAX_ENTRIES)
    throw new Refusal('storage_unavailable', { reason: 'too many sessions to denylist' });
  await allDone(recent.map(({ id }) => denylist.addSession(id, ttlSeconds)));
}

/**
 * Revokes all sessions of the user `id`: one batch and one entry, however many there are. No clock decides. The user's
 * version counts up, and the entry concerns access tokens of a lower version. The database goes first, because an entry
 * without it would also concern the tokens of later logins.
 */
export async function revokeAllSessions(deps: RevocationDeps, id: string, by: By): Promise<void> {
  const version = await deps.sessions.revokeAll(id, deps.now(), endOfAll(deps, id, by));
  if (version !== undefined) await denylistUser(deps, { id, version });
}

/**
 * As `revokeAllSessions`, if the user is not disabled and still has the version `user.version`. Returns the new version.
 * Otherwise returns `undefined`, and does nothing.
 */
export async function revokeAllUnderVersion(
  deps: RevocationDeps,
  user: { id: string; version: number },
  by: By,
): Promise<number | undefined> {
  const event = endOfAll(deps, user.id, by);
  const version = await deps.sessions.revokeUnder({ userId: user.id, version: user.version }, deps.now(), event);
  if (version !== undefined) await denylistUser(deps, { id: user.id, version });
  return version;
}

/** The event of an end of all sessions of the user `userId`. */
const endOfAll = (deps: RevocationDeps, userId: string, by: By) =>
  newEvent(deps, 'sessions_revoked', { userId, data: { scope: 'all' }, ...by });

/**
 * The caller who may end sessions. When the caller's own session is revoked, completes that revocation and refuses with
 * `revoked_token`. Rejects with `StorageFailure`.
 */
export async function getUnrevokedCaller(deps: RevocationDeps, revoker: Revoker): Promise<Caller> {
  if (!revoker.isRevoked) return revoker.caller;
  await completeRevocation(deps, revoker.formerCaller.claims, revoker.isDenylisted);
  throw new Refusal('revoked_token');
}

/**
 * As `getUnrevokedCaller`, for a route that does more than end sessions: refuses with `revoked_token` also a caller whom
 * only the denylist names.
 */
export async function getAcceptedCaller(deps: RevocationDeps, revoker: Revoker): Promise<Caller> {
  const caller = await getUnrevokedCaller(deps, revoker);
  if (revoker.isDenylisted)
    throw new Refusal('revoked_token', { reason: 'denylisted, and not revoked in the database' });
  return caller;
}

/**
 * Writes the denylist entry that the revocation of the session of `claims` may have left out. If a logout of all may have
 * revoked it, that is the entry of the user, under the version of the last such logout. Otherwise it is the entry of
 * the session.
 */
async function completeRevocation(
  deps: RevocationDeps,
  claims: AccessTokenClaims,
  isDenylisted: boolean,
): Promise<void> {
  const version = (await deps.sessions.findEndedVersion(claims.sub)) ?? 0;
  if (version > claims.user_version) await denylistUser(deps, { id: claims.sub, version });
  else if (!isDenylisted) await denylistSession(deps, claims.sid);
}

/** For this long after a revocation, the request that made it may still be writing its entry. */
const STILL_WRITING_MS = 1000;

/**
 * Writes the denylist entry of a session that a reuse has revoked, when the entry is missing and access tokens of the
 * session may be in force at `at`. Rejects with `StorageFailure`.
 */
export async function completeReuse(
  deps: Pick<RevocationDeps, 'config' | 'denylist'>,
  { id, userId, revokedAt }: Pick<Session, 'id' | 'userId'> & { revokedAt: Date },
  { userVersion, at }: { userVersion: number; at: Date },
): Promise<void> {
  if (mayNeedEntry(deps.config, revokedAt, at) && !(await deps.denylist.isDenylisted({ id, userId, userVersion })))
    await denylistSession(deps, id);
}

/**
 * Writes the denylist entry of a user whose sessions have all ended at `endedAt`, when access tokens of them may be in
 * force at `at`. Not at once: KV takes one write of a key in a second, and simultaneous requests would refuse that of the
 * one which has ended the sessions. Rejects with `StorageFailure`.
 */
export async function completeEnd(
  deps: Pick<RevocationDeps, 'config' | 'denylist'>,
  { endedAt, ...user }: { id: string; version: number; endedAt: Date },
  at: Date,
): Promise<void> {
  if (mayNeedEntry(deps.config, endedAt, at)) await denylistUser(deps, user);
}

/** Whether an entry for what was revoked at `revokedAt` may be missing at `at`, and tokens that it concerns in force. */
function mayNeedEntry(config: Config, revokedAt: Date, at: Date): boolean {
  const agoMs = at.getTime() - revokedAt.getTime();
  return agoMs > STILL_WRITING_MS && agoMs < denylistTtl(config) * 1000;
}

/** Waits for all of `writes`, then rejects if one has failed. Work that outlives the response is lost. */
export async function allDone(writes: Promise<unknown>[]): Promise<void> {
  await Promise.allSettled(writes);
  await Promise.all(writes);
}
