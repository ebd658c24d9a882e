import { type SQL, sql, type SQLWrapper } from 'drizzle-orm';

/** Whether somebody else than `userId` is an administrator. */
export const hasOtherAdmin = (userId: SQLWrapper): SQL => sql`EXISTS (
  SELECT 1 FROM users AS other WHERE other.admin = 1 AND other.disabled_at IS NULL AND other.id <> ${userId})`;
