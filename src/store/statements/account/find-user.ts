import { eq } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { users } from '../../tables/users.ts';

/** Selects the user with the canonical address `email`. */
export const findUser = statement(({ email }: Given<{ email: string }>) =>
  build.select().from(users).where(eq(users.email, email)),
);
