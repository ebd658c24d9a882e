import { getTableColumns, sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { type ApiKey, apiKeys } from '../../tables/api-keys.ts';
import { forOwners } from './key-owner.ts';

/** Where to go on in a list of keys, after the one that was made at `afterTime` (epoch milliseconds), and how many. */
export type KeyListing = { afterTime: number; afterId: string; limit: number };

const { id, name, scopes, createdAt, expiresAt, lastUsedAt } = getTableColumns(apiKeys);
const columns = { id, name, scopes, createdAt, expiresAt, lastUsedAt };

/** An API key, as its owner sees it. */
export type ListedKey = Pick<ApiKey, keyof typeof columns>;

/** Selects keys of the owner that are not revoked, newest first. */
export const listKeys = forOwners(({ column }) =>
  statement(({ ownerId, afterTime, afterId, limit }: Given<KeyListing & { ownerId: string }>) =>
    build
      .select(columns)
      .from(apiKeys)
      .where(
        sql`${column} = ${ownerId} AND ${apiKeys.revokedAt} IS NULL
          AND (${apiKeys.createdAt}, ${apiKeys.id}) < (${afterTime}, ${afterId})`,
      )
      .orderBy(sql`${apiKeys.createdAt} DESC, ${apiKeys.id} DESC`)
      .limit(limit),
  ),
);
