import { and, eq } from 'drizzle-orm';
import { build } from '../build.ts';
import { type Given, statement } from '../statement.ts';
import { sessions } from '../tables/sessions.ts';
import { revokedSince } from './revoked-since.ts';

/** A session of this user, and of nobody else. */
export type OwnId = { id: string; userId: string };

/** Revokes the session `id` of `userId` at `at`. Returns the id, or nothing when the user has no such session. */
export const revokeSessionOfUser = statement(({ id, userId, at }: Given<OwnId & { at: Date }>) =>
  build
    .update(sessions)
    .set(revokedSince(at))
    .where(and(eq(sessions.id, id), eq(sessions.userId, userId)))
    .returning({ id: sessions.id }),
);
