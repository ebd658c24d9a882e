import { eq, max } from 'drizzle-orm';
import { build } from '../build.ts';
import { sessions } from '../tables/sessions.ts';

/** Selects the highest version that a logout of all has left with sessions of `userId`. */
export function findEndedVersion(userId: string) {
  return build
    .select({ version: max(sessions.endedVersion) })
    .from(sessions)
    .where(eq(sessions.userId, userId));
}
