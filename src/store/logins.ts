import { and, eq, gt, inArray, lte, sql } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import { type Attempt, countAttempt } from './statements/count-attempt.ts';
import { type Database, query } from './database.ts';
import { insertSession, type NewSession } from './statements/insert-session.ts';
import { type KnownNetwork, rememberNetwork } from './statements/remember-network.ts';
import { knownNetworks, loginAttempts, users } from './schema.ts';

export type User = typeof users.$inferSelect;
export type Logins = ReturnType<typeof createLogins>;

/** A login whose password was right: `counted` are the keys of its `attempt`, `rehash` is for a hash that is to be replaced. */
export type Completion = {
  session: NewSession;
  attempt: Attempt;
  counted: string[];
  network: KnownNetwork;
  rehash: { from: string; to: string } | undefined;
};

/** Logins, from one end to the other. Every method is one round trip, and rejects with `StorageFailure`. */
export function createLogins(database: Database) {
  return {
    /**
     * Counts `attempt`, unless one of its keys has to wait, and finds the account with the canonical address `email`.
     * `counted` are the keys that it was counted for: none when it has to wait.
     */
    async begin(attempt: Attempt, email: string): Promise<{ counted: string[]; user: User | undefined }> {
      const findUser = database.select().from(users).where(eq(users.email, email));
      const [counted, [user]] = await query(database, database.batch([countAttempt(database, attempt), findUser]));
      return { counted: counted.map(({ key }) => key), user };
    },

    /** Whether the account and network that `key` stands for are known to belong together at `at`. */
    async isKnown(key: string, at: Date): Promise<boolean> {
      const networks = database.select({ key: knownNetworks.key }).from(knownNetworks);
      const isMeant = and(eq(knownNetworks.key, key), gt(knownNetworks.knownUntil, at));
      return (await query(database, networks.where(isMeant))).length === 1;
    },

    /**
     * Stores `session` if its user still exists and is not disabled. In the same batch, of what `attempt` was counted for, the
     * attempts at the account are forgotten, and the one that counts for the network is taken back; the network is
     * remembered; and the password hash is replaced unless another login has done so already. `false` when there was no such
     * user to log in.
     */
    async complete({ session, attempt, counted, network, rehash }: Completion): Promise<boolean> {
      const statements: BatchItem<'sqlite'>[] = [
        forgetAttempts(database, attempt, counted),
        rememberNetwork(database, session.userId, network),
      ];
      if (counted.includes(attempt.network.key)) statements.push(takeBack(database, attempt));
      if (rehash !== undefined) {
        const isUnchanged = and(eq(users.id, session.userId), eq(users.passwordHash, rehash.from));
        statements.push(database.update(users).set({ passwordHash: rehash.to }).where(isUnchanged));
      }
      const [opened] = await query(database, database.batch([insertSession(database, session), ...statements]));
      return opened.length === 1;
    },

    /** Resolves when attempts and networks can be read. */
    async probe(): Promise<void> {
      const attempts = database.select({ key: loginAttempts.key }).from(loginAttempts);
      const networks = database.select({ key: knownNetworks.key }).from(knownNetworks);
      await query(
        database,
        database.batch([attempts.where(eq(loginAttempts.key, '')), networks.where(eq(knownNetworks.key, ''))]),
      );
    },

    /** Deletes up to `limit` attempts and up to `limit` networks that were to be forgotten by `at`, and tells how many. */
    async forget(at: Date, limit: number): Promise<{ attempts: number; networks: number }> {
      const attempts = database.select({ key: loginAttempts.key }).from(loginAttempts);
      const networks = database.select({ key: knownNetworks.key }).from(knownNetworks);
      const [forgottenAttempts, forgottenNetworks] = await query(
        database,
        database.batch([
          database
            .delete(loginAttempts)
            .where(inArray(loginAttempts.key, attempts.where(lte(loginAttempts.forgottenAt, at)).limit(limit)))
            .returning({ key: loginAttempts.key }),
          database
            .delete(knownNetworks)
            .where(inArray(knownNetworks.key, networks.where(lte(knownNetworks.knownUntil, at)).limit(limit)))
            .returning({ key: knownNetworks.key }),
        ]),
      );
      return { attempts: forgottenAttempts.length, networks: forgottenNetworks.length };
    },
  };
}

/** Where the network is known, those of strangers at the account are not what the owner is held up by, and go on counting. */
const forgetAttempts = (database: Database, { pair, account }: Attempt, counted: string[]) =>
  database
    .delete(loginAttempts)
    .where(inArray(loginAttempts.key, [pair.key, ...(counted.includes(account.key) ? [account.key] : [])]));

/** What others have to wait for by now stays: their attempts may be guesses. */
const takeBack = (database: Database, { network }: Attempt) =>
  database
    .update(loginAttempts)
    .set({ forgottenAt: sql`${loginAttempts.forgottenAt} - ${network.longestDelayMs}` })
    .where(eq(loginAttempts.key, network.key));
