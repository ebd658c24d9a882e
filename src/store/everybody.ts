import type { Database } from './database.ts';
import { countLive } from './managed-users.ts';
import {
  carryChallengesOfChunk,
  countVersionsOfChunk,
  deleteChallengesOfChunk,
  deleteMails,
  deleteRegistrations,
  insertEventOfChunk,
  revokeSessionsOfChunk,
} from './statements/admin/revoke-everybody.ts';
import type { NewEvent } from './statements/event/insert-event.ts';

export type Everybody = ReturnType<typeof createEverybody>;

/**
 * What to do to the next `limit` users after the id `after`. `hash` replaces their passwords. `hasRestored` after a restore
 * of the database.
 */
export type Sweep = { after: string; limit: number; at: Date; hash: string | null; hasRestored: boolean };

/** A restore takes versions back. By this much the new ones are higher than those of before. */
const VERSIONS_OF_RESTORE = 1000;

/** What concerns all users. The method is one round trip, and rejects with `StorageFailure`. */
export function createEverybody(database: Database) {
  return {
    /**
     * Revokes all sessions of the next users. Verifications and resets that were mailed stay in force; after a restore,
     * all that was mailed is deleted. Returns the last of
     * these users, how many there were, and how many sessions have ended.
     */
    async revokeSessions({ after, limit, at, hash, hasRestored }: Sweep, event: NewEvent) {
      const versions = hasRestored ? VERSIONS_OF_RESTORE : 1;
      const rightsVersions = hasRestored ? VERSIONS_OF_RESTORE : 0;
      const isFirst = after === '';
      const [users, , ended] = await database.batch([
        countVersionsOfChunk({ after, limit, versions, rightsVersions, hash }),
        insertEventOfChunk(event),
        revokeSessionsOfChunk({ after, limit, at }),
        hasRestored ? deleteChallengesOfChunk({ after, limit }) : carryChallengesOfChunk({ after, limit }),
        ...(hasRestored && isFirst ? [deleteRegistrations({}), deleteMails({})] : []),
      ]);
      const ids = users.map(({ id }) => id).toSorted();
      return { last: ids.at(-1), users: ids.length, sessionsRevoked: countLive(ended, at) };
    },
  };
}
