import { build } from '../build.ts';
import { type Given, statement } from '../statement.ts';
import { type User, users } from '../tables/users.ts';

export type NewUser = Pick<User, 'id' | 'email' | 'passwordHash' | 'registeredAt' | 'locale'>;

/** Inserts the user unless the e-mail has an account. Returns the id if inserted. */
export const insertUser = statement(({ id, email, passwordHash, registeredAt, locale }: Given<NewUser>) =>
  build
    .insert(users)
    .values({ id, email, passwordHash, registeredAt, locale })
    .onConflictDoNothing()
    .returning({ id: users.id }),
);
