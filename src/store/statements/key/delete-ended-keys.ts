import { inArray, lte } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { apiKeys } from '../../tables/api-keys.ts';

/** Deletes up to `limit` of the API keys that have in `column` a time of `before` or earlier, and returns their ids. */
const deleteEnded = (column: typeof apiKeys.revokedAt | typeof apiKeys.expiresAt) =>
  statement(({ before, limit }: Given<{ before: Date; limit: number }>) => {
    const ended = build.select({ id: apiKeys.id }).from(apiKeys).where(lte(column, before)).limit(limit);
    return build.delete(apiKeys).where(inArray(apiKeys.id, ended)).returning({ id: apiKeys.id });
  });

export const deleteRevokedKeys = deleteEnded(apiKeys.revokedAt);

export const deleteExpiredKeys = deleteEnded(apiKeys.expiresAt);
