import type { Database } from './database.ts';
import { type Attempt, countAttempt } from './statements/login/count-attempt.ts';
import { deleteForgottenAttempts, deleteForgottenNetworks } from './statements/login/delete-forgotten.ts';
import { findKnownNetwork } from './statements/login/find-known-network.ts';
import { insertEventIfChanged, type NewEvent } from './statements/event/insert-event.ts';
import { findUser } from './statements/account/find-user.ts';
import { insertNoticeOfSession, type NewNotice } from './statements/mail/insert-notice.ts';
import { insertSession, type NewSession } from './statements/session/insert-session.ts';
import { probeAttempts, probeNetworks } from './statements/login/probe-logins.ts';
import { type KnownNetwork, rememberNetwork } from './statements/login/remember-network.ts';
import { replaceHash } from './statements/account/replace-hash.ts';
import { type RightAttempt, settleAttempt } from './statements/login/settle-attempt.ts';
import type { User } from './tables/users.ts';

export type Logins = ReturnType<typeof createLogins>;

/** A login with the right password. `rehash` replaces a hash whose parameters are not those in force. */
export type Completion = RightAttempt & {
  session: NewSession;
  network: KnownNetwork;
  rehash: { from: string; to: string } | undefined;
  notice: NewNotice | undefined;
  event: NewEvent;
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
     * batch settles the attempt, remembers the network, replaces the hash unless another login has, and stores
     * the notice and the event.
     */
    async complete({ session, network, rehash, notice, event, ...right }: Completion): Promise<boolean> {
      const { userId } = session;
      const [opened] = await database.batch([
        insertSession(session),
        insertEventIfChanged(event),
        ...settleAttempt(right),
        rememberNetwork({ userId, ...network }),
        ...(rehash === undefined ? [] : [replaceHash({ userId, ...rehash })]),
        ...(notice === undefined ? [] : [insertNoticeOfSession({ sessionId: session.id, ...notice })]),
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
