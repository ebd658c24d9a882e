import { and, eq, isNull, lt, sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { knownNetworks, users } from '../schema.ts';

/** A network that an account has been logged in to from, until when that is remembered. `key` stands for both. */
export type KnownNetwork = { key: string; until: Date };

/** What is remembered for almost as long already is left as it is: a row less to write at most logins. */
const PRECISION_MS = 86_400_000;

/** The statement that remembers `network` for the user `userId`, on condition that there is one and not disabled. */
export function rememberNetwork(database: Database, userId: string, { key, until }: KnownNetwork) {
  const row = database
    .select({
      key: sql`${key}`.as('key'),
      knownUntil: sql`${sql.param(until, knownNetworks.knownUntil)}`.as('known_until'),
    })
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.disabledAt)));
  return database
    .insert(knownNetworks)
    .select(row)
    .onConflictDoUpdate({
      target: knownNetworks.key,
      set: { knownUntil: until },
      setWhere: lt(knownNetworks.knownUntil, new Date(until.getTime() - PRECISION_MS)),
    });
}
