import { and, eq, isNull, sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { knownNetworks } from '../../tables/known-networks.ts';
import { users } from '../../tables/users.ts';

/** A network that an account has logged in from, and until when to remember it. `key` stands for both. */
export type KnownNetwork = { key: string; until: Date };

/** A row that differs by less than this is not written. So most logins leave the row alone. */
const PRECISION_MS = 86_400_000;

/** Remembers a network for the user `userId`, if the user exists and is not disabled. */
export const rememberNetwork = statement(({ userId, key, until }: Given<{ userId: string } & KnownNetwork>) => {
  const row = build
    .select({ key: sql`${key}`.as('key'), knownUntil: sql`${until}`.as('known_until') })
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.disabledAt)));
  return build
    .insert(knownNetworks)
    .select(row)
    .onConflictDoUpdate({
      target: knownNetworks.key,
      set: { knownUntil: sql`${until}` },
      setWhere: sql`${knownNetworks.knownUntil} < ${until} - ${PRECISION_MS}`,
    });
});
