import { inArray, lte } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { operatorTokens } from '../../tables/operator-tokens.ts';

/** Deletes up to `limit` operator tokens that have expired at `at`, and returns their ids. */
export const deleteOperatorTokens = statement(({ at, limit }: Given<{ at: Date; limit: number }>) => {
  const over = build
    .select({ id: operatorTokens.id })
    .from(operatorTokens)
    .where(lte(operatorTokens.expiresAt, at))
    .limit(limit);
  return build.delete(operatorTokens).where(inArray(operatorTokens.id, over)).returning({ id: operatorTokens.id });
});
