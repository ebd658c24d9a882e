import type { Database } from './database.ts';
import { insertEventOfAddress, type NewEvent } from './statements/event/insert-event.ts';
import { insertEventsOfMissedMails } from './statements/event/insert-events-of-missed-mails.ts';
import { claimDueMails, claimMail } from './statements/mail/claim-mail.ts';
import { deleteOverMails } from './statements/mail/delete-over.ts';
import { insertNotice, type NewNotice } from './statements/mail/insert-notice.ts';
import { deleteMail, markAddress, putOffMail } from './statements/mail/settle-mail.ts';
import type { OutboxMail } from './tables/outbox.ts';

export type Outbox = ReturnType<typeof createOutbox>;

/** When a mail is taken, and until when nobody else may have it. */
type Claim = { at: Date; leasedUntil: Date };

/** Mails to be sent. Every method is one round trip, and rejects with `StorageFailure`. */
export function createOutbox(database: Database) {
  return {
    /** Stores a notice to a user. */
    async add(notice: NewNotice & { userId: string }): Promise<void> {
      await database.run(insertNotice(notice));
    },

    /** The mail `id`, if it is due and nobody else has it. */
    async claim(claim: Claim & { id: string }): Promise<OutboxMail | undefined> {
      const [mail] = await database.run(claimMail(claim));
      return mail;
    },

    /** Up to `limit` mails that are due, as `claim`. */
    async claimDue(claim: Claim & { limit: number }): Promise<OutboxMail[]> {
      return database.run(claimDueMails(claim));
    },

    /** Deletes a mail that a provider has taken, and forgets that its address was not deliverable. */
    async sent({ id, email }: OutboxMail): Promise<void> {
      await database.batch([deleteMail({ id }), markAddress({ email, undeliverableAt: null })]);
    },

    /** Deletes a mail that nobody can deliver, and marks its address since `at`. `event` is for whoever has the address. */
    async gone({ id, email }: OutboxMail, at: Date, event: NewEvent): Promise<void> {
      await database.batch([
        deleteMail({ id }),
        insertEventOfAddress({ ...event, email }),
        markAddress({ email, undeliverableAt: at }),
      ]);
    },

    /** Deletes a mail that cannot be sent. `event` is for whoever has the address. */
    async giveUp({ id, email }: OutboxMail, event: NewEvent): Promise<void> {
      await database.batch([deleteMail({ id }), insertEventOfAddress({ ...event, email })]);
    },

    /** Puts off the next try of a mail, unless somebody else has tried it meanwhile. */
    async putOff({ id, tries }: OutboxMail, retryAt: Date): Promise<void> {
      await database.run(putOffMail({ id, tries, retryAt }));
    },

    /**
     * Deletes up to `limit` mails that are over at `at`, and returns them: see `deleteOverMails`. `event` is for each user
     * who has missed one.
     */
    async forget(
      at: Date,
      limit: number,
      event: NewEvent,
    ): Promise<(Pick<OutboxMail, 'id' | 'tries'> & { isMissed: boolean })[]> {
      const [, mails] = await database.batch([
        insertEventsOfMissedMails({ ...event, before: at, limit }),
        deleteOverMails({ at, limit }),
      ]);
      return mails;
    },
  };
}
