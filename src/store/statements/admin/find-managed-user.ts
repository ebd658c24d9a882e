import { eq, sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { users } from '../../tables/users.ts';
import { hasOtherAdmin } from '../account/other-admin.ts';
import { managedColumns } from './managed-user.ts';

/** Selects the user `id` with the password hash, and whether somebody else is an administrator. */
export const findManagedUser = statement(({ id }: Given<{ id: string }>) =>
  build
    .select({
      user: managedColumns,
      passwordHash: users.passwordHash,
      // A column alone would lose its table, and mean that of the other user.
      hasOtherAdmin: hasOtherAdmin(sql`users.id`)
        .mapWith(Boolean)
        .as('has_other_admin'),
    })
    .from(users)
    .where(eq(users.id, id)),
);

/** Selects the user with the canonical address `email`. */
export const findUserByAddress = statement(({ email }: Given<{ email: string }>) =>
  build.select(managedColumns).from(users).where(eq(users.email, email)),
);
