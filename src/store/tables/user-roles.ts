import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { time } from './time.ts';
import { users } from './users.ts';

/** A row for each role of each user, so that an index finds the users of a role, newest first. */
export const userRoles = sqliteTable(
  'user_roles',
  {
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    role: text().notNull(),
    registeredAt: time().notNull(),
  },
  (row) => [
    index('user_roles_role').on(row.role, row.registeredAt, row.userId),
    index('user_roles_user_id').on(row.userId),
  ],
);
