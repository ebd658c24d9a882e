import { and, desc, eq } from 'drizzle-orm';
import { build } from '../build.ts';
import { sessions } from '../tables/sessions.ts';
import { isLive, type SessionTerms } from './session-state.ts';

/** Selects the newest `limit` sessions of a user that are alive, newest first. */
export function listLiveSessions(userId: string, terms: SessionTerms, limit: number) {
  return build
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, userId), isLive(terms)))
    .orderBy(desc(sessions.startedAt), desc(sessions.id))
    .limit(limit);
}
