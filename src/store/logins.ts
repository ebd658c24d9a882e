import type { Database } from './database.ts';
import { type Attempt, countAttempt } from './statements/count-attempt.ts';
import { deleteForgottenAttempts, deleteForgottenNetworks } from './statements/delete-forgotten.ts';
import { findKnownNetwork } from './statements/find-known-network.ts';
import { findUser } from './statements/find-user.ts';
import { forgetAttempts } from './statements/forget-attempts.ts';
import { insertSession, type NewSession } from './statements/insert-session.ts';
import { probeAttempts, probeNetworks } from './statements/probe-logins.ts';
import { refundAttempt } from './statements/refund-attempt.ts';
import { type KnownNetwork, rememberNetwork } from './statements/remember-network.ts';
import { replaceHash } from './statements/replace-hash.ts';
import type { User } from './tables/users.ts';

export type Logins = ReturnType<typeof createLogins>;

/**
 * A login with the right password. `counted` are the keys that its `attempt` was counted for. `rehash` replaces a hash
 * whose parameters are not those in force.
 */
export type Completion = {
  session: NewSession;
  attempt: Attempt;
  counted: string[];
  network: KnownNetwork;
  rehash: { from: string; to: string } | undefined;
};

/** Logins and their attempts. Every method is one round trip, and rejects with `StorageFailure`. */
export function createLogins(database: Database) {
  return {
    /**
     * Counts `attempt`, unless one of its keys has to wait, and finds the account with the canonical address `email`.
     * Returns the keys that it was counted for: none when it has to wait.
     */
    async begin(attempt: Attempt, email: string): Promise<{ counted: string[]; user: User | undefined }> {
      const [counted, [user]] = await database.batch([countAttempt(attempt), findUser({ email })]);
      return { counted: counted.map(({ key }) => key), user };
    },

    /** Whether the account and network that `key` stands for are known to belong together at `at`. */
    async isKnown(key: string, at: Date): Promise<boolean> {
      return (await database.run(findKnownNetwork({ key, at }))).length === 1;
    },

    /**
     * Stores the session unless its user is gone, disabled, or under another version: then returns `false`. The same
     * batch forgets the attempts at the account, refunds the attempt of the network, remembers the network, and
     * replaces the hash unless another login has.
     */
    async complete({ session, attempt, counted, network, rehash }: Completion): Promise<boolean> {
      const { userId } = session;
      const { pair, account } = attempt;
      const [opened] = await database.batch([
        insertSession(session),
        // At a known network the attempt did not count for the account, and those of strangers go on counting.
        forgetAttempts({ key: pair.key, otherKey: counted.includes(account.key) ? account.key : pair.key }),
        rememberNetwork({ userId, ...network }),
        ...(counted.includes(attempt.network.key) ? [refundAttempt(attempt.network)] : []),
        ...(rehash === undefined ? [] : [replaceHash({ userId, ...rehash })]),
      ]);
      return opened.length === 1;
    },

    /** Resolves when attempts and networks can be read. */
    async probe(): Promise<void> {
      await database.batch([probeAttempts({}), probeNetworks({})]);
    },

    /** Deletes up to `limit` forgotten attempts and up to `limit` forgotten networks, and returns how many of each. */
    async forget(at: Date, limit: number): Promise<{ attempts: number; networks: number }> {
      const [attempts, networks] = await database.batch([
        deleteForgottenAttempts({ at, limit }),
        deleteForgottenNetworks({ at, limit }),
      ]);
      return { attempts: attempts.length, networks: networks.length };
    },
  };
}
