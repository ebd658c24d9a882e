import { sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { apiKeys } from '../../tables/api-keys.ts';
import { forOwners } from './key-owner.ts';

/**
 * An API key as it begins. `scopes` is JSON. `ownerVersion` is that of the owner as it was read.
 */
export type NewKey = {
  keyId: string;
  ownerId: string;
  ownerVersion: number;
  name: string;
  mac: string;
  scopes: string;
  at: Date;
  expiresAt: Date | null;
};

/** How many keys that are not revoked an owner can have. Those that expired count until the clean-up. */
const MAX_KEYS = 10_000;

/** Inserts the key, if its owner is as it was read, not disabled, and can have another one. Returns the id if inserted. */
export const insertKey = forOwners(({ table, column }) =>
  statement((given: Given<NewKey>) => {
    const idOf = (owned: typeof column) => (owned === column ? sql`owner.id` : sql`NULL`);
    return build
      .insert(apiKeys)
      .select(
        sql`SELECT ${given.keyId}, ${idOf(apiKeys.userId)}, ${idOf(apiKeys.clientId)}, ${given.name}, ${given.mac},
            ${given.scopes}, ${given.at}, ${given.expiresAt}, NULL, NULL, NULL
          FROM ${table} AS owner
          WHERE owner.id = ${given.ownerId} AND owner.disabled_at IS NULL
            AND owner.version = ${given.ownerVersion}
            AND NOT EXISTS (SELECT 1 FROM ${apiKeys} WHERE ${column} = ${given.ownerId} AND ${apiKeys.revokedAt} IS NULL
              LIMIT 1 OFFSET ${sql.raw(String(MAX_KEYS - 1))})`,
      )
      .returning({ id: apiKeys.id });
  }),
);
