import type { Database } from './database.ts';
import { countCodeOfAddress, countCodeOfUser } from './statements/account/count-code.ts';
import { insertEventIfChanged, insertEventOfAddress, type NewEvent } from './statements/event/insert-event.ts';
import { countMailRequest, type MailRequest } from './statements/mail/count-mail-request.ts';
import { deleteOldMailRequests, deleteOverChallenges } from './statements/mail/delete-over.ts';
import { findChallenge } from './statements/account/find-challenge.ts';
import { findEndedUser } from './statements/account/find-ended-user.ts';
import {
  insertChallengeOfAddress,
  insertChallengeOfNobody,
  insertChallengeOfUser,
  type NewChallenge,
} from './statements/account/insert-challenge.ts';
import {
  insertMailOfAddress,
  insertMailOfNobody,
  insertMailOfOwner,
  insertMailOfUser,
  type NewMail,
} from './statements/mail/insert-mail.ts';
import { type RightAttempt, settleAttempt } from './statements/login/settle-attempt.ts';
import type { EndedUser } from './redemptions.ts';
import type { Challenge, Purpose } from './tables/challenges.ts';

export type Challenges = ReturnType<typeof createChallenges>;

/** A challenge that somebody has presented a token or code of. */
export type PresentedChallenge = Pick<Challenge, 'id' | 'email'>;

/** A request for a mail: its count, its challenge unless one has a code that lives, and the mail. */
export type Ask = NewChallenge & Omit<MailRequest, 'userId'> & NewMail;

/** The user who asks, under the version that the request began with. */
export type Asker = { userId: string; userVersion: number };

/**
 * Challenges. Every method is one round trip, and rejects with `StorageFailure`. Those that ask for a mail make the same
 * statements whether there is a mail in the end or not.
 */
export function createChallenges(database: Database) {
  return {
    /** Asks for a mail to whoever has the account with the address. Stores `event` if there is a mail. */
    async askOfAddress(ask: Ask, event: NewEvent): Promise<void> {
      await database.batch([
        countMailRequest({ ...ask, userId: null }),
        insertChallengeOfAddress(ask),
        insertMailOfAddress(ask),
        insertEventOfAddress({ ...event, email: ask.email }),
      ]);
    },

    /** As `askOfUser`, with an event. Returns `false` when the address has had its mails, or the user is disabled. */
    async askForUser(ask: Ask & Asker, event: NewEvent): Promise<boolean> {
      const [, , mails] = await database.batch([...asksOfUser(ask), insertEventIfChanged(event)]);
      return mails.length === 1;
    },

    /** Asks for a mail to an address that the user has. */
    async askOfUser(ask: Ask & Asker): Promise<void> {
      await database.batch(asksOfUser(ask));
    },

    /**
     * Asks for a mail to an address that the user wants to have. Whoever has an account with it gets `account_exists`.
     * Settles the attempt that has shown the password.
     */
    async askOfNewAddress(ask: Ask & Asker, right: RightAttempt): Promise<void> {
      const taken = insertMailOfOwner({ ...ask, message: 'account_exists' });
      await database.batch([...asksOfUser(ask), taken, ...settleAttempt(right)]);
    },

    /** Asks for a mail to an address that is free. Whoever has an account with it gets `account_exists`. */
    async askOfNobody(ask: Ask): Promise<void> {
      const taken = insertMailOfOwner({ ...ask, message: 'account_exists', userId: null });
      const count = countMailRequest({ ...ask, userId: null });
      await database.batch([count, insertChallengeOfNobody(ask), insertMailOfNobody(ask), taken]);
    },

    /** Counts an attempt at the newest code for `email`, if one lives, and returns its challenge. */
    async countCodeOfAddress(code: {
      purpose: Purpose;
      email: string;
      at: Date;
    }): Promise<PresentedChallenge | undefined> {
      const [challenge] = await database.run(countCodeOfAddress(code));
      return challenge;
    },

    /** Counts an attempt at the newest code for the user, if one lives, and returns its challenge. */
    async countCodeOfUser(code: {
      purpose: Purpose;
      userId: string;
      at: Date;
    }): Promise<PresentedChallenge | undefined> {
      const [challenge] = await database.run(countCodeOfUser(code));
      return challenge;
    },

    /** The challenge `id`, if it is unused and not too old. Redeeming it decides about the rest. */
    async find(challenge: { id: string; purpose: Purpose; at: Date }): Promise<PresentedChallenge | undefined> {
      const [found] = await database.run(findChallenge(challenge));
      return found;
    },

    /**
     * The user whose challenge `id` was redeemed, with the version that the last end of all sessions has left with them
     * and the time of that, if there was one.
     */
    async findEndedUser(challenge: {
      id: string;
      purpose: Purpose;
    }): Promise<(EndedUser & { endedAt: Date }) | undefined> {
      const [user] = await database.run(findEndedUser(challenge));
      if (user === undefined || user.version === null || user.endedAt === null) return undefined;
      return { id: user.id, version: user.version, endedAt: user.endedAt };
    },

    /** Deletes up to `limit` challenges that are over at `at`, and up to `limit` requests for mails of a day before. */
    async forget(at: Date, limit: number): Promise<{ challenges: number; mailRequests: number }> {
      const [challenges, requests] = await database.batch([
        deleteOverChallenges({ at, limit }),
        deleteOldMailRequests({ at: new Date(at.getTime() - DAY_MS), limit }),
      ]);
      return { challenges: challenges.length, mailRequests: requests.length };
    },
  };
}

const DAY_MS = 86_400_000;

/** The statements by which a user asks for a mail. */
export function asksOfUser(ask: Ask & Asker) {
  return [countMailRequest(ask), insertChallengeOfUser(ask), insertMailOfUser(ask)] as const;
}
