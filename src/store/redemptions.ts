import type { Database } from './database.ts';
import { changeEmail, type Undo } from './statements/account/change-email.ts';
import { insertEventIfChanged, insertEventOfChallenge, type NewEvent } from './statements/event/insert-event.ts';
import { insertConfirmedUser } from './statements/account/insert-confirmed-user.ts';
import { insertMailOfChallenge, type NewMail } from './statements/mail/insert-mail.ts';
import { insertNoticeOfRedeemed, type NewNotice } from './statements/mail/insert-notice.ts';
import { insertSession, type NewSession } from './statements/session/insert-session.ts';
import type { NewUser } from './statements/account/insert-user.ts';
import { redeemChallenge, type Redemption } from './statements/account/redeem-challenge.ts';
import { type KnownNetwork, rememberNetwork } from './statements/login/remember-network.ts';
import { insertReset, resetPassword, undoEmail, useUpLaterUndos } from './statements/account/reset-password.ts';
import { forgetRedeemedAttempts, revokeRedeemedSessions } from './statements/account/revoke-redeemed.ts';
import { verifyEmail } from './statements/account/verify-email.ts';

export type Redemptions = ReturnType<typeof createRedemptions>;

/** The user whose sessions are over: access tokens of a version below `version` are. */
export type EndedUser = { id: string; version: number };

/** An account that a redemption makes. */
type ConfirmedUser = Pick<NewUser, 'passwordHash' | 'registeredAt' | 'locale'> & { userId: string };

type Confirmation = { user: ConfirmedUser; session: NewSession | undefined; network: KnownNetwork; event: NewEvent };

type PasswordReset = { passwordHash: string; keys: AttemptKeys; notice: NewNotice | undefined; event: NewEvent };

type EmailUndo = { passwordHash: string; reset: Reset; mail: Pick<NewMail, 'mailId' | 'message'>; event: NewEvent };

/**
 * Redeems challenges, each with what that allows. Every method is one batch, which the first statement decides: it returns
 * `false` or `undefined`, and changes nothing, unless this request has redeemed the challenge. The event follows what it
 * tells about. It rejects with `StorageFailure`.
 */
export function createRedemptions(database: Database) {
  return {
    /** Makes the account of a registration, with a first session if there is one, and its network. */
    async register(redemption: Redemption, { user, session, network, event }: Confirmation): Promise<boolean> {
      const [redeemed] = await database.batch([
        redeemChallenge(redemption),
        insertConfirmedUser({ ...redemption, ...user }),
        insertEventIfChanged(event),
        ...(session === undefined ? [] : [insertSession(session)]),
        rememberNetwork({ userId: user.userId, ...network }),
      ]);
      return redeemed.length === 1;
    },

    /** Verifies the address of the account. */
    async verifyEmail(redemption: Redemption, event: NewEvent): Promise<boolean> {
      const [redeemed] = await database.batch([
        redeemChallenge(redemption),
        verifyEmail(redemption),
        insertEventOfChallenge({ ...event, challengeId: redemption.id }),
      ]);
      return redeemed.length === 1;
    },

    /** Gives the account the address of the challenge. A former address that was verified gets a mail with an undo. */
    async changeEmail(redemption: Redemption, undo: Undo, event: NewEvent): Promise<boolean> {
      const [redeemed] = await database.batch([
        redeemChallenge(redemption),
        ...changeEmail({ ...redemption, ...undo }),
        insertEventOfChallenge({ ...event, challengeId: redemption.id }),
      ]);
      return redeemed.length === 1;
    },

    /** Replaces the password, revokes all sessions, and forgets the login attempts under these keys. */
    async resetPassword(
      redemption: Redemption,
      { passwordHash, keys, notice, event }: PasswordReset,
    ): Promise<EndedUser | undefined> {
      const [, [user]] = await database.batch([
        redeemChallenge(redemption),
        resetPassword({ ...redemption, passwordHash }),
        insertEventOfChallenge({ ...event, challengeId: redemption.id }),
        revokeRedeemedSessions(redemption),
        forgetRedeemedAttempts({ ...redemption, pairKey: keys.pair, accountKey: keys.account }),
        ...(notice === undefined ? [] : [insertNoticeOfRedeemed({ ...redemption, ...notice })]),
      ]);
      return user;
    },

    /** Gives the account its former address back, revokes all sessions, and makes a reset of the password. */
    async undoEmail(
      redemption: Redemption,
      { passwordHash, reset, mail, event }: EmailUndo,
    ): Promise<EndedUser | undefined> {
      const [, [user]] = await database.batch([
        redeemChallenge(redemption),
        undoEmail({ ...redemption, passwordHash }),
        insertEventOfChallenge({ ...event, challengeId: redemption.id }),
        useUpLaterUndos(redemption),
        revokeRedeemedSessions(redemption),
        insertReset({ ...redemption, ...reset }),
        insertMailOfChallenge({ ...mail, at: redemption.at, challengeId: reset.resetId }),
      ]);
      return user;
    },
  };
}

/** The keys of the login attempts that a reset forgets: at this network, and at all unknown ones. */
type AttemptKeys = { pair: string; account: string };

/** A reset of the password as it begins. */
type Reset = { resetId: string; codeExpiresAt: Date; expiresAt: Date };
