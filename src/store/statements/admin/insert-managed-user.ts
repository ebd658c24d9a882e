import { sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { users } from '../../tables/users.ts';
import { isFree } from '../account/challenge-state.ts';

/** A user whom an administrator makes. `roles` and `claims` are JSON. */
export type NewManagedUser = {
  id: string;
  email: string;
  passwordHash: string;
  admin: number;
  registeredAt: Date;
  emailVerifiedAt: Date | null;
  locale: string | null;
  roles: string;
  claims: string;
};

/** Inserts the user if the address is free. Returns the id if inserted. */
export const insertManagedUser = statement((given: Given<NewManagedUser>) =>
  build
    .insert(users)
    .select(
      sql`SELECT ${given.id}, ${given.email}, ${given.passwordHash}, ${given.admin}, 0, ${given.registeredAt}, ${given.emailVerifiedAt},
          NULL, ${given.locale}, NULL, ${given.roles}, ${given.claims}, 0
        WHERE ${isFree({ email: given.email, userId: given.id, at: given.registeredAt })}`,
    )
    .onConflictDoNothing()
    .returning({ id: users.id }),
);
