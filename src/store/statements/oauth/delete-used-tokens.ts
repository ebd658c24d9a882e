import { inArray, lte } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { usedTokens } from '../../tables/used-tokens.ts';

/** Deletes up to `limit` used tokens that have expired at `at`, and returns their ids. */
export const deleteUsedTokens = statement(({ at, limit }: Given<{ at: Date; limit: number }>) => {
  const over = build.select({ id: usedTokens.id }).from(usedTokens).where(lte(usedTokens.expiresAt, at)).limit(limit);
  return build.delete(usedTokens).where(inArray(usedTokens.id, over)).returning({ id: usedTokens.id });
});
