import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { time } from './time.ts';

/** Requests for mails of the last day. The key tells nobody whose they are (`crypto/attempt-keys.ts`). */
export const mailRequests = sqliteTable(
  'mail_requests',
  {
    id: text().primaryKey(),
    /** Stands for the address. */
    key: text().notNull(),
    purpose: text().notNull(),
    requestedAt: time().notNull(),
  },
  (request) => [
    index('mail_requests_key').on(request.key, request.requestedAt),
    index('mail_requests_requested_at').on(request.requestedAt),
  ],
);
