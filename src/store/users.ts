import { eq } from 'drizzle-orm';
import { type Database, query } from './database.ts';
import { users } from './schema.ts';
import { insertSession, type NewSession } from './insert-session.ts';

export type User = typeof users.$inferSelect;
export type NewUser = Pick<User, 'id' | 'email' | 'passwordHash' | 'registeredAt'>;
export type Users = ReturnType<typeof createUsers>;

/** The users table. Every method is one round trip, and rejects with `StorageFailure`. */
export function createUsers(database: Database) {
  return {
    /** Stores `user` with a first session, in one batch. `false`, and nothing stored, when the e-mail has an account. */
    async create(user: NewUser, session: NewSession): Promise<boolean> {
      const insertUser = database.insert(users).values(user).onConflictDoNothing().returning({ id: users.id });
      const [created] = await query(database.batch([insertUser, insertSession(database, session)]));
      return created.length === 1;
    },

    /** The account with the canonical address `email`. */
    async findByEmail(email: string): Promise<User | undefined> {
      const [user] = await query(database.select().from(users).where(eq(users.email, email)));
      return user;
    },
  };
}
