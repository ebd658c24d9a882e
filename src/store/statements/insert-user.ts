import { build } from '../build.ts';
import { type User, users } from '../tables/users.ts';

export type NewUser = Pick<User, 'id' | 'email' | 'passwordHash' | 'registeredAt'>;

/** Inserts `user` unless the e-mail has an account. Returns the id if inserted. */
export function insertUser(user: NewUser) {
  return build.insert(users).values(user).onConflictDoNothing().returning({ id: users.id });
}
