import { sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { apiKeys } from '../../tables/api-keys.ts';
import { forOwners } from './key-owner.ts';

/** An API key of this owner, and of nobody else. */
export type OwnedKey = { keyId: string; ownerId: string };

/** Revokes the key at `at`, unless it is revoked. */
export const revokeKey = forOwners(({ column }) =>
  statement(({ keyId, ownerId, at }: Given<OwnedKey & { at: Date }>) =>
    build
      .update(apiKeys)
      .set({ revokedAt: sql`${at}` })
      .where(sql`${apiKeys.id} = ${keyId} AND ${column} = ${ownerId} AND ${apiKeys.revokedAt} IS NULL`),
  ),
);

/** Selects whether the owner has the key, revoked or not, and nothing if there is no such owner. */
export const findOwnedKey = forOwners(({ table, column }) =>
  statement(({ keyId, ownerId }: Given<OwnedKey>) => {
    const owned = sql`SELECT 1 FROM ${apiKeys} WHERE ${apiKeys.id} = ${keyId} AND ${column} = owner.id`;
    return build
      .select({ hasKey: sql`EXISTS (${owned})`.mapWith(Boolean).as('has_key') })
      .from(sql`${table} AS owner`)
      .where(sql`owner.id = ${ownerId}`);
  }),
);
