import { type SQL, sql, type SQLWrapper } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { challenges } from '../../tables/challenges.ts';
import { outbox } from '../../tables/outbox.ts';
import { sessions } from '../../tables/sessions.ts';
import { users } from '../../tables/users.ts';
import { hasChanged, insertEventWhere, type NewEvent } from '../event/insert-event.ts';
import { revokedSince } from '../session/revoked-since.ts';

/** The next `limit` users after the id `after`, in the order of their ids. */
type Chunk = { after: string; limit: number };

const isInChunk = (id: SQLWrapper, { after, limit }: Given<Chunk>): SQL => sql`${id} > ${after} AND ${id} <= (
  SELECT max(chunk.id) FROM (SELECT id FROM users WHERE id > ${after} ORDER BY id LIMIT ${limit}) AS chunk)`;

/** Counts up the versions of the users. With `hash`, it replaces their passwords. Returns the ids. */
export const countVersionsOfChunk = statement(
  (given: Given<Chunk & { versions: number; rightsVersions: number; hash: string | null }>) =>
    build
      .update(users)
      .set({
        version: sql`${users.version} + ${given.versions}`,
        rightsVersion: sql`${users.rightsVersion} + ${given.rightsVersions}`,
        passwordHash: sql`coalesce(${given.hash}, ${users.passwordHash})`,
      })
      .where(isInChunk(users.id, given))
      .returning({ id: users.id }),
);

/** The event about that, if there was a user. */
export const insertEventOfChunk = statement((given: Given<NewEvent>) =>
  insertEventWhere(given, { data: sql`json_object('users', changes())`, where: hasChanged }),
);

/** Revokes all sessions of the users. Returns when each has ended. */
export const revokeSessionsOfChunk = statement((given: Given<Chunk & { at: Date }>) =>
  build
    .update(sessions)
    .set({
      ...revokedSince(given.at),
      endedVersion: sql`(SELECT users.version FROM users WHERE users.id = ${sessions.userId})`,
    })
    .where(sql`${isInChunk(sessions.userId, given)} AND ${sessions.revokedAt} IS NULL`)
    .returning({ endedAt: sessions.expiresAt }),
);

/** Carries verifications and resets over to the next version of the users: see `carryChallenges`. */
export const carryChallengesOfChunk = statement((given: Given<Chunk>) =>
  build
    .update(challenges)
    .set({ userVersion: sql`${challenges.userVersion} + 1` })
    .where(sql`${isInChunk(challenges.userId, given)} AND ${challenges.purpose} IN ('reset_password', 'verify_email')`),
);

/** Deletes all that was mailed to the users. */
export const deleteChallengesOfChunk = statement((given: Given<Chunk>) =>
  build.delete(challenges).where(isInChunk(challenges.userId, given)),
);

/** Deletes registrations that were mailed: they have no account yet. */
export const deleteRegistrations = statement(() => build.delete(challenges).where(sql`${challenges.userId} IS NULL`));

/** Deletes the mails that are still to be sent. */
export const deleteMails = statement(() => build.delete(outbox).where(sql`${outbox.id} >= ''`));
