import { eq, getTableColumns } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { users } from '../../tables/users.ts';
import { factorColumns } from '../factor/factors-of-user.ts';

/** Selects the user with the canonical address `email`, and what the user has beside the password. */
export const findUser = statement(({ email }: Given<{ email: string }>) =>
  build
    .select({ user: getTableColumns(users), factors: factorColumns(users.id) })
    .from(users)
    .where(eq(users.email, email)),
);
