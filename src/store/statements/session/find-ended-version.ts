import { eq, max } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { sessions } from '../../tables/sessions.ts';

/** Selects the highest version that a logout of all has left with sessions of `userId`. */
export const findEndedVersion = statement(({ userId }: Given<{ userId: string }>) =>
  build
    .select({ version: max(sessions.endedVersion) })
    .from(sessions)
    .where(eq(sessions.userId, userId)),
);
