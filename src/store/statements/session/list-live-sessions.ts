import { and, desc, eq } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { sessions } from '../../tables/sessions.ts';
import { isLive, type SessionTerms } from './session-state.ts';

/** Selects the newest `limit` sessions of a user that are alive, newest first. */
export const listLiveSessions = statement((given: Given<{ userId: string; limit: number } & SessionTerms>) =>
  build
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, given.userId), isLive(given)))
    .orderBy(desc(sessions.startedAt), desc(sessions.id))
    .limit(given.limit),
);
