import type { Database } from './database.ts';
import { type Attempt, countAttempt } from './statements/login/count-attempt.ts';
import { deleteForgottenAttempts, deleteForgottenNetworks } from './statements/login/delete-forgotten.ts';
import { findKnownNetwork } from './statements/login/find-known-network.ts';
import { insertEventIfChanged, type NewEvent } from './statements/event/insert-event.ts';
import { findFactor, findPasskey, type Presented } from './statements/factor/find-factor.ts';
import {
  type FactorOwner,
  useChallenge,
  usePasskey,
  useRecoveryCode,
  useTotp,
} from './statements/factor/use-factor.ts';
import { findUser } from './statements/account/find-user.ts';
import {
  insertNoticeIfChanged,
  insertNoticeOfNetwork,
  insertNoticeOfSession,
  type NewNotice,
} from './statements/mail/insert-notice.ts';
import { insertSession, insertSessionIfChanged, type NewSession } from './statements/session/insert-session.ts';
import { type Raise, raiseSession, raiseSessionIfChanged } from './statements/session/raise-session.ts';
import { probeAttempts, probeNetworks } from './statements/login/probe-logins.ts';
import { type KnownNetwork, rememberNetwork } from './statements/login/remember-network.ts';
import { replaceHash } from './statements/account/replace-hash.ts';
import { type RightAttempt, settleAttempt } from './statements/login/settle-attempt.ts';

export type Logins = ReturnType<typeof createLogins>;

/** A login with the right password. `rehash` replaces a hash whose parameters are not those in force. */
export type Completion = RightAttempt & {
  session: NewSession;
  network: KnownNetwork;
  rehash: { from: string; to: string } | undefined;
  notice: NewNotice | undefined;
  event: NewEvent;
};

/** A factor that was checked, as it is used: the time step of a code, the MAC of a recovery code, or a passkey. */
export type FactorUse =
  | { kind: 'totp'; step: number }
  | { kind: 'recovery_code'; mac: string }
  | { kind: 'passkey'; id: string; counter: number; backedUp: boolean };

/** A challenge that is used up with success once. */
type UsedChallenge = { id: string; expiresAt: Date };

/** A login by a factor. `network.notice` tells about a network that the account does not know. */
export type FactorLogin = {
  challenge: UsedChallenge;
  session: NewSession;
  network: KnownNetwork & { notice: NewNotice | undefined };
  right: RightAttempt | undefined;
  event: NewEvent;
  /** Tells about a recovery code. */
  used: NewEvent | undefined;
  notices: NewNotice[];
};

/** A factor by which the user of a session authenticates again. An authenticator app needs no challenge. */
export type FactorReauthentication = {
  challenge: UsedChallenge | undefined;
  right: RightAttempt | undefined;
  event: NewEvent;
  /** Tells about a recovery code, as `notice` does. */
  used: NewEvent | undefined;
  notice: NewNotice | undefined;
};

/** Logins and their attempts. Every method is one round trip, and rejects with `StorageFailure`. */
export function createLogins(database: Database) {
  return {
    /**
     * Counts `attempt`, unless one of its keys has to wait, and finds the account with the canonical address `email`.
     * Returns the keys that it was counted for: none when it has to wait.
     */
    async begin(attempt: Attempt, email: string) {
      const [counted, [found]] = await database.batch([countAttempt(attempt), findUser({ email })]);
      return { counted: counted.map(({ key }) => key), found };
    },

    /** Counts `attempt` as `begin`, and finds the user with the factor that somebody presents. */
    async beginFactor(attempt: Attempt, presented: Presented) {
      const [counted, [found]] = await database.batch([countAttempt(attempt), findFactor(presented)]);
      return { counted: counted.map(({ key }) => key), found };
    },

    /** The passkey `id` with its user. */
    async findPasskey(id: string) {
      const [found] = await database.run(findPasskey({ id }));
      return found;
    },

    /** Replaces the hash of a password that is right, unless another login has. */
    async rehash(userId: string, rehash: { from: string; to: string }): Promise<void> {
      await database.run(replaceHash({ userId, ...rehash }));
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

    /**
     * Uses the factor, and stores the session, if the user is as it was read and nobody has used the factor or the
     * challenge before: otherwise returns `false`. The same batch settles the attempt if there is one, remembers the network,
     * and stores the notices and the event.
     */
    async completeByFactor(
      use: FactorUse,
      { challenge, session, network, right, event, used: usedEvent, notices }: FactorLogin,
    ): Promise<boolean> {
      const { userId, userVersion, startedAt: at } = session;
      const [used] = await database.batch([
        useFactor({ userId, userVersion, challengeId: challenge.id, at }, use),
        useChallenge(challenge),
        insertSessionIfChanged(session),
        insertEventIfChanged(event),
        ...(usedEvent === undefined ? [] : [insertEventIfChanged(usedEvent)]),
        ...notices.map((notice) => insertNoticeOfSession({ sessionId: session.id, ...notice })),
        ...(network.notice === undefined
          ? []
          : [insertNoticeOfNetwork({ sessionId: session.id, key: network.key, ...network.notice })]),
        rememberNetwork({ userId, key: network.key, until: network.until }),
        ...(right === undefined ? [] : settleAttempt(right, 2)),
      ]);
      return used.length === 1;
    },

    /**
     * Notes in the session that its user has authenticated again, with the password, and settles the attempt. Returns the
     * session; `undefined` when it is over, or the user is not as it was read.
     */
    async reauthenticate(
      raise: Raise & { userVersion: number },
      { event, ...right }: RightAttempt & { event: NewEvent },
    ) {
      const [[session]] = await database.batch([
        raiseSession(raise),
        insertEventIfChanged(event),
        ...settleAttempt(right),
      ]);
      return session;
    },

    /** The same with a factor, as `completeByFactor` uses it. Tells whether it was used: if not, nothing has changed. */
    async reauthenticateByFactor(
      use: FactorUse,
      raise: Raise & { userVersion: number },
      { challenge, right, event, used: usedEvent, notice }: FactorReauthentication,
    ) {
      const { userId, userVersion, at } = raise;
      const [used, raised] = await database.batch([
        useFactor({ userId, userVersion, challengeId: challenge?.id ?? '', at }, use),
        raiseSessionIfChanged(raise),
        insertEventIfChanged(event),
        ...(usedEvent === undefined ? [] : [insertEventIfChanged(usedEvent)]),
        ...(challenge === undefined ? [] : [useChallenge(challenge)]),
        ...(notice === undefined ? [] : [insertNoticeIfChanged({ userId, ...notice })]),
        ...(right === undefined ? [] : settleAttempt(right)),
      ]);
      return { isUsed: used.length === 1, session: raised[0] };
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

/** The statement that uses the factor. */
function useFactor(of: FactorOwner, use: FactorUse) {
  if (use.kind === 'totp') return useTotp({ ...of, step: use.step });
  if (use.kind === 'recovery_code') return useRecoveryCode({ ...of, mac: use.mac });
  return usePasskey({ ...of, id: use.id, counter: use.counter, backedUp: Number(use.backedUp) });
}
