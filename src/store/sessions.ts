import type { Database } from './database.ts';
import { insertEventIfChanged, type NewEvent } from './statements/event/insert-event.ts';
import {
  insertEventOfLiveSession,
  insertEventOfOtherSessions,
  insertEventOfRotation,
} from './statements/event/insert-event-of-session.ts';
import { listings } from './statements/event/list-events.ts';
import { countCodes, findTotp, listPasskeys } from './statements/factor/list-factors.ts';
import { listKeys } from './statements/key/list-keys.ts';
import { deleteEndedSessions } from './statements/session/delete-ended-sessions.ts';
import { findEndedVersion } from './statements/session/find-ended-version.ts';
import { findSession } from './statements/session/find-session.ts';
import { listLiveSessions } from './statements/session/list-live-sessions.ts';
import { revokeAllSessions } from './statements/session/revoke-all-sessions.ts';
import { revokeOtherSessions } from './statements/session/revoke-other-sessions.ts';
import { revokeSession } from './statements/session/revoke-session.ts';
import { type OwnId, revokeSessionOfUser } from './statements/session/revoke-session-of-user.ts';
import { countUnderVersion, revokeUnderVersion, type UserVersion } from './statements/session/revoke-under-version.ts';
import { type Rotation, rotateSession } from './statements/session/rotate-session.ts';
import type { SessionState, SessionTerms } from './statements/session/session-state.ts';
import type { Session } from './tables/sessions.ts';

export type Sessions = ReturnType<typeof createSessions>;

/** Sessions. Every method is one round trip, and rejects with `StorageFailure`. */
export function createSessions(database: Database) {
  return {
    /** The session `id` with its user, and its state. */
    async findWithUser(id: string, terms: SessionTerms) {
      const [row] = await database.run(findSession({ id, ...terms }));
      return row;
    },

    /** The newest `limit` sessions of a user that are alive, newest first. */
    async listLive(userId: string, terms: SessionTerms, limit: number): Promise<Session[]> {
      return database.run(listLiveSessions({ userId, limit, ...terms }));
    },

    /** The sessions as `listLive`, the newest API keys and events of the user, newest first, and the second factors. */
    async listAllOfUser(
      userId: string,
      terms: SessionTerms,
      limits: { sessions: number; keys: number; events: number },
    ) {
      const end = Number.MAX_SAFE_INTEGER;
      const [live, keys, events, [totp], passkeys, [codes]] = await database.batch([
        listLiveSessions({ userId, limit: limits.sessions, ...terms }),
        listKeys.user({ ownerId: userId, afterTime: end, afterId: '', limit: limits.keys }),
        listings.newest.OfUser({ userId, type: null, after: end, limit: limits.events }),
        findTotp({ userId }),
        listPasskeys({ userId }),
        countCodes({ userId }),
      ]);
      return { sessions: live, keys, events, factors: { totp, passkeys, codes } };
    },

    /** The session after its refresh token was presented: see `rotateSession`. `event` is for a reuse or a late retry. */
    async rotate(rotation: Rotation, event: NewEvent) {
      const [[session]] = await database.batch([
        rotateSession(rotation),
        insertEventOfRotation({ ...event, at: rotation.at, generation: rotation.generation }),
      ]);
      return session;
    },

    /** Revokes the session `id`. A session that is revoked stays as it is. `event` is for one that is live. */
    async revoke(id: string, { at, absoluteTtlSeconds }: SessionTerms, event: NewEvent): Promise<void> {
      await database.batch([insertEventOfLiveSession({ ...event, absoluteTtlSeconds }), revokeSession({ id, at })]);
    },

    /**
     * As `revoke`, for a session of one user. Returns the state that it was in. Returns `undefined`, and does nothing,
     * when the user has no such session.
     */
    async revokeOfUser(own: OwnId, terms: SessionTerms, event: NewEvent): Promise<SessionState | undefined> {
      const { absoluteTtlSeconds } = terms;
      const [, [found]] = await database.batch([
        insertEventOfLiveSession({ ...event, absoluteTtlSeconds }),
        revokeSessionOfUser({ ...own, ...terms }),
      ]);
      return found?.state;
    },

    /**
     * Revokes all sessions of `userId` at `at`, and counts up the version of the user. Returns the new version: the
     * access tokens of those sessions carry a lower one. Returns `undefined` when there is no such user. Stores `event` if
     * a session was not revoked before.
     */
    async revokeAll(userId: string, at: Date, event: NewEvent): Promise<number | undefined> {
      const [, [user]] = await database.batch([...revokeAllSessions({ userId, at }), insertEventIfChanged(event)]);
      return user?.version;
    },

    /**
     * As `revokeAll`, if the user is not disabled and still has `version`. Otherwise returns `undefined`, and does
     * nothing.
     */
    async revokeUnder(user: UserVersion, at: Date, event: NewEvent): Promise<number | undefined> {
      const [, , [counted]] = await database.batch([
        revokeUnderVersion({ ...user, at }),
        insertEventIfChanged(event),
        countUnderVersion(user),
      ]);
      return counted?.version;
    },

    /** The version that the last logout of all has left with sessions of `userId`, if there are any. */
    async findEndedVersion(userId: string): Promise<number | undefined> {
      const [row] = await database.run(findEndedVersion({ userId }));
      return row?.version ?? undefined;
    },

    /**
     * Revokes all sessions of the user but `own.id` at `at`, and counts up the version of the user. Returns those
     * sessions, and the ones that were revoked after `since`. Returns `undefined`, and does nothing, when `own.id`
     * itself is revoked. Stores `event` if another session was not revoked before.
     */
    async revokeOthers(own: OwnId, times: { at: Date; since: Date }, event: NewEvent): Promise<Session[] | undefined> {
      const [, found, , , others] = await database.batch([
        insertEventOfOtherSessions({ ...event, ownId: own.id }),
        ...revokeOtherSessions({ ...own, ...times }),
      ]);
      return found.length === 1 ? others : undefined;
    },

    /** Resolves when sessions and users can be read. */
    async probe(): Promise<void> {
      await database.run(findSession({ id: '', at: new Date(0), absoluteTtlSeconds: 0 }));
    },

    /** Deletes up to `limit` sessions that ended at `endedAt` or before, and returns how many. */
    async deleteEnded(endedAt: Date, limit: number): Promise<number> {
      return (await database.run(deleteEndedSessions({ endedAt, limit }))).length;
    },
  };
}
