import { sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { type User, users } from '../../tables/users.ts';
import { isFree } from './challenge-state.ts';

export type NewUser = Pick<User, 'id' | 'email' | 'passwordHash' | 'registeredAt' | 'locale'>;

/**
 * Inserts the user unless the e-mail has an account, or an account may take it back by an undo. Returns the id if
 * inserted.
 */
export const insertUser = statement(({ id, email, passwordHash, registeredAt, locale }: Given<NewUser>) =>
  build
    .insert(users)
    .select(
      sql`SELECT ${id}, ${email}, ${passwordHash}, false, 0, ${registeredAt}, NULL, NULL, ${locale}, NULL, '[]', '{}', 0
        WHERE ${isFree({ email, userId: id, at: registeredAt })}`,
    )
    .onConflictDoNothing()
    .returning({ id: users.id }),
);
