import { type SQL, sql, type SQLWrapper } from 'drizzle-orm';

/** Whether the user `userId` has a second factor: an authenticator app or a passkey. Recovery codes alone are none. */
export const hasFactor = (userId: SQLWrapper): SQL<boolean> => sql`(${eitherOf(userId)})`.mapWith(Boolean);

// A query of one table names its columns without the table, but not within a nested expression. Passkeys have an `id`
// too, which would take the place of the user's.
const eitherOf = (userId: SQLWrapper) => sql`EXISTS (SELECT 1 FROM totps WHERE totps.user_id = ${userId})
  OR EXISTS (SELECT 1 FROM passkeys WHERE passkeys.user_id = ${userId})`;
