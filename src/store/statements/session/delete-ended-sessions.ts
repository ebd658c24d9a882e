import { inArray, lte } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { sessions } from '../../tables/sessions.ts';

/** Deletes up to `limit` sessions that ended at `endedAt` or before, and returns their ids. */
export const deleteEndedSessions = statement(({ endedAt, limit }: Given<{ endedAt: Date; limit: number }>) => {
  const ended = build.select({ id: sessions.id }).from(sessions).where(lte(sessions.expiresAt, endedAt)).limit(limit);
  return build.delete(sessions).where(inArray(sessions.id, ended)).returning({ id: sessions.id });
});
