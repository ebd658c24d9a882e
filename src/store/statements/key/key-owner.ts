import { sql, type SQLWrapper } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { apiKeys } from '../../tables/api-keys.ts';
import { clients } from '../../tables/clients.ts';
import { users } from '../../tables/users.ts';

/** Whose an API key is. */
export type KeyOwner = { kind: 'user' | 'client'; id: string };

/** Where the owners of one kind are, and the column by which keys name them. */
type OwnerTable = { table: SQLWrapper; column: SQLWrapper };

/** A statement for either kind of owner. */
export const forOwners = <S>(write: (owner: OwnerTable) => S): Record<KeyOwner['kind'], S> => ({
  user: write({ table: users, column: apiKeys.userId }),
  client: write({ table: clients, column: apiKeys.clientId }),
});

/** Selects the version of the owner and whether it is disabled, and nothing if there is no such owner. */
export const findKeyOwner = forOwners(({ table }) =>
  statement(({ ownerId }: Given<{ ownerId: string }>) =>
    build
      .select({
        version: sql<number>`owner.version`.as('version'),
        isDisabled: sql`owner.disabled_at IS NOT NULL`.mapWith(Boolean).as('is_disabled'),
      })
      .from(sql`${table} AS owner`)
      .where(sql`owner.id = ${ownerId}`),
  ),
);
