import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { time } from './time.ts';

export type User = typeof users.$inferSelect;

/** One row per account. */
export const users = sqliteTable(
  'users',
  {
    id: text().primaryKey(),
    /** In the canonical form (`domain/account/email.ts`), so that the unique index decides between two registrations. */
    email: text().notNull().unique(),
    passwordHash: text().notNull(),
    admin: integer({ mode: 'boolean' }).notNull().default(false),
    /**
     * Counts what must end everything under way: a logout of all or of the others, another password or address, and
     * disabling the account. A login or a mailed token that began under a lower version is not completed.
     */
    version: integer().notNull().default(0),
    registeredAt: time().notNull(),
    /** When somebody has last proved that the mailbox is theirs. A new address is verified from the start. */
    emailVerifiedAt: time(),
    /** When a mail provider has said that it cannot deliver to the address. The next mail that it takes clears this. */
    undeliverableAt: time(),
    /** The language of mails: `en` or `de`. */
    locale: text(),
    disabledAt: time(),
    /** The names of the user's roles (RFC 9068, section 2.2.3.1), sorted. `user_roles` has them too, to search by. */
    roles: text({ mode: 'json' }).$type<string[]>().notNull().default([]),
    /** Claims of the application that go into the access token beside ours. */
    claims: text({ mode: 'json' }).$type<Record<string, unknown>>().notNull().default({}),
    /** Counts changes of `admin`, `roles` and `claims`. An access token of a lower one is refused as expired. */
    rightsVersion: integer().notNull().default(0),
  },
  // The index `users_domain`, by domain, is in migration 0006 alone: drizzle-kit splits expressions at their commas.
  (user) => [
    index('users_registered_at').on(user.registeredAt, user.id),
    index('users_admin')
      .on(user.registeredAt, user.id)
      .where(sql`admin = 1`),
    index('users_disabled')
      .on(user.registeredAt, user.id)
      .where(sql`disabled_at IS NOT NULL`),
    index('users_unverified')
      .on(user.registeredAt, user.id)
      .where(sql`email_verified_at IS NULL`),
    // Users whose hash another system has made. The statements of this table repeat the condition to use it.
    index('users_legacy')
      .on(user.id)
      .where(sql`password_hash NOT GLOB '$pbkdf2-sha256-split$*'`),
  ],
);
