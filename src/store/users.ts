import { type Database, query } from './database.ts';
import { insertSession, type NewSession } from './statements/insert-session.ts';
import { type KnownNetwork, rememberNetwork } from './statements/remember-network.ts';
import { users } from './schema.ts';

export type NewUser = Pick<typeof users.$inferSelect, 'id' | 'email' | 'passwordHash' | 'registeredAt'>;
export type Users = ReturnType<typeof createUsers>;

/** The users table. Every method is one round trip, and rejects with `StorageFailure`. */
export function createUsers(database: Database) {
  return {
    /**
     * Stores `user` with a first session and the network that it comes from, in one batch. `false`, and nothing stored, when
     * the e-mail has an account.
     */
    async create(user: NewUser, session: NewSession, network: KnownNetwork): Promise<boolean> {
      const insertUser = database.insert(users).values(user).onConflictDoNothing().returning({ id: users.id });
      const first = insertSession(database, session);
      const [created] = await query(
        database,
        database.batch([insertUser, first, rememberNetwork(database, user.id, network)]),
      );
      return created.length === 1;
    },
  };
}
