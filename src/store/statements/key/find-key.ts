import { eq, getTableColumns } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { apiKeys } from '../../tables/api-keys.ts';
import { clients } from '../../tables/clients.ts';
import { users } from '../../tables/users.ts';

const { passwordHash: _, ...user } = getTableColumns(users);
const { id, version, scopes, disabledAt } = getTableColumns(clients);

/** Selects the API key `id` with its owner: its user or its client, and `null` for the other one. */
export const findKey = statement((given: Given<{ id: string }>) =>
  build
    .select({ key: getTableColumns(apiKeys), user, client: { id, version, scopes, disabledAt } })
    .from(apiKeys)
    .leftJoin(users, eq(users.id, apiKeys.userId))
    .leftJoin(clients, eq(clients.id, apiKeys.clientId))
    .where(eq(apiKeys.id, given.id)),
);
