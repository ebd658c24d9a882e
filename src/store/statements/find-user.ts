import { eq } from 'drizzle-orm';
import { build } from '../build.ts';
import { users } from '../tables/users.ts';

/** Selects the user with the canonical address `email`. */
export function findUser(email: string) {
  return build.select().from(users).where(eq(users.email, email));
}
