import { type Ask, asksOfUser } from './challenges.ts';
import type { Database } from './database.ts';
import { insertEventIfChanged, type NewEvent } from './statements/event/insert-event.ts';
import { deleteUser, insertNoticeOfDeletion } from './statements/account/delete-user.ts';
import { forgetNetworks } from './statements/login/forget-networks.ts';
import { insertNoticeOfHash, type NewNotice } from './statements/mail/insert-notice.ts';
import { insertSession, type NewSession } from './statements/session/insert-session.ts';
import { insertUser, type NewUser } from './statements/account/insert-user.ts';
import { type KnownNetwork, rememberNetwork } from './statements/login/remember-network.ts';
import { replacePassword } from './statements/account/replace-password.ts';
import { revokeUnderVersion, type UserVersion } from './statements/session/revoke-under-version.ts';
import { type RightAttempt, settleAttempt } from './statements/login/settle-attempt.ts';

export type Users = ReturnType<typeof createUsers>;

/** A new password, by a caller who has shown the current one, and the session that the caller goes on in. */
export type PasswordChange = RightAttempt & {
  session: NewSession;
  hash: string;
  notice: NewNotice | undefined;
  event: NewEvent;
};

/** The deletion of an account by its owner. `version` is that of the user since all sessions were revoked. */
export type Deletion = RightAttempt & UserVersion & { notice: NewNotice | undefined; event: NewEvent };

/** Accounts. Every method is one round trip, and rejects with `StorageFailure`. */
export function createUsers(database: Database) {
  return {
    /**
     * Stores `user` with a first session if there is one, the event, the network of the registration and a request for a
     * mail, in one batch. Returns `false`, and stores nothing, when the e-mail has an account, or an account may take it
     * back by an undo.
     */
    async create(
      user: NewUser,
      session: NewSession | undefined,
      { network, ask, event }: { network: KnownNetwork; ask: Ask | undefined; event: NewEvent },
    ): Promise<boolean> {
      const [created] = await database.batch([
        insertUser(user),
        insertEventIfChanged(event),
        ...(session === undefined ? [] : [insertSession(session)]),
        rememberNetwork({ userId: user.id, ...network }),
        ...(ask === undefined ? [] : asksOfUser({ ...ask, userId: user.id, userVersion: 0 })),
      ]);
      return created.length === 1;
    },

    /**
     * Replaces the password, revokes all sessions and stores the new one, if the user is not disabled and still has the
     * version that the session was made under. Otherwise returns `false`, and does nothing of it. Settles the attempt.
     */
    async changePassword({ session, hash, notice, event, ...right }: PasswordChange): Promise<boolean> {
      const { userId, userVersion: version, startedAt: at } = session;
      // The statement that counts the version up comes after those that it would stop.
      const [, , changed] = await database.batch([
        revokeUnderVersion({ userId, version, at }),
        insertSession(session),
        replacePassword({ userId, version, hash }),
        insertEventIfChanged(event),
        ...settleAttempt(right),
        ...(notice === undefined ? [] : [insertNoticeOfHash({ userId, passwordHash: hash, ...notice })]),
      ]);
      return changed.length === 1;
    },

    /**
     * Deletes the user with all that belongs to it, settles the attempt, and forgets its networks, in one batch. Returns
     * `false`, and leaves the account as it is, when it has another version, a session that is not revoked, or is that of
     * the last administrator.
     */
    async delete({ userId, version, notice, event, ...right }: Deletion): Promise<boolean> {
      const deletion = [
        deleteUser({ userId, version }),
        insertEventIfChanged(event),
        ...settleAttempt(right),
        forgetNetworks({ accountKey: right.attempt.account.key, userId }),
      ] as const;
      if (notice === undefined) return (await database.batch(deletion))[0].length === 1;
      // The notice reads the address, so it comes first.
      const [, deleted] = await database.batch([insertNoticeOfDeletion({ userId, version, ...notice }), ...deletion]);
      return deleted.length === 1;
    },
  };
}
