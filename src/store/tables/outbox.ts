import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { time } from './time.ts';

/** The mails that the service writes: `mail/messages/` has the text of each. */
export type MessageName =
  | 'register'
  | 'account_exists'
  | 'verify_email'
  | 'reset_password'
  | 'invitation'
  | 'change_email'
  | 'email_changed'
  | 'password_changed'
  | 'session_revoked'
  | 'key_created'
  | 'factor_added'
  | 'factor_removed'
  | 'recovery_codes_made'
  | 'recovery_code_used'
  | 'account_deleted'
  | 'new_network';

export type OutboxMail = typeof outbox.$inferSelect;

/** Mails that are still to be sent. The row is deleted once a provider has the mail, or nobody can deliver it. */
export const outbox = sqliteTable(
  'outbox',
  {
    id: text().primaryKey(),
    message: text().$type<MessageName>().notNull(),
    email: text().notNull(),
    locale: text(),
    /** The challenge whose token and code the mail carries. */
    challengeId: text(),
    /** `NULL` when the mail carries no code. */
    codeExpiresAt: time(),
    /** Nobody needs the mail any more after this. */
    expiresAt: time().notNull(),
    tries: integer().notNull().default(0),
    /** When the next try is due. A try in progress puts this off. */
    retryAt: time().notNull(),
  },
  (mail) => [index('outbox_retry_at').on(mail.retryAt), index('outbox_expires_at').on(mail.expiresAt)],
);
