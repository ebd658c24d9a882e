import { type Ask, asksOfUser } from './challenges.ts';
import type { Database } from './database.ts';
import { insertSession, type NewSession } from './statements/insert-session.ts';
import { insertUser, type NewUser } from './statements/insert-user.ts';
import { type KnownNetwork, rememberNetwork } from './statements/remember-network.ts';

export type Users = ReturnType<typeof createUsers>;

/** Accounts. Every method is one round trip, and rejects with `StorageFailure`. */
export function createUsers(database: Database) {
  return {
    /**
     * Stores `user` with a first session, the network of the registration and a request for a mail, in one batch. Returns
     * `false`, and stores nothing, when the e-mail has an account, or an account may take it back by an undo.
     */
    async create(
      user: NewUser,
      session: NewSession,
      { network, ask }: { network: KnownNetwork; ask: Ask | undefined },
    ): Promise<boolean> {
      const [created] = await database.batch([
        insertUser(user),
        insertSession(session),
        rememberNetwork({ userId: user.id, ...network }),
        ...(ask === undefined ? [] : asksOfUser({ ...ask, userId: user.id, userVersion: session.userVersion })),
      ]);
      return created.length === 1;
    },
  };
}
