import { type SQL, sql, type SQLWrapper } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { users } from '../../tables/users.ts';
import { hasOtherAdmin } from './other-admin.ts';
import { insertNoticeWhere, type NewNotice } from '../mail/insert-notice.ts';
import type { UserVersion } from '../session/revoke-under-version.ts';

/**
 * Whether all sessions of the user are revoked, nothing has counted up the version since, and an administrator is left.
 */
const isDeletable = ({ userId, version }: Record<keyof UserVersion, SQLWrapper>): SQL =>
  sql`users.id = ${userId} AND users.version = ${version}
    AND NOT EXISTS (SELECT 1 FROM sessions WHERE sessions.user_id = ${userId} AND sessions.revoked_at IS NULL)
    AND (users.admin = 0 OR ${hasOtherAdmin(userId)})`;

/** Deletes the user, with sessions and challenges, if `isDeletable`. Returns the id if deleted. */
export const deleteUser = statement((given: Given<UserVersion>) =>
  build.delete(users).where(isDeletable(given)).returning({ id: users.id }),
);

/** Tells the user that the account is deleted. It comes before the deletion in the batch. */
export const insertNoticeOfDeletion = statement((given: Given<NewNotice & UserVersion>) =>
  insertNoticeWhere(given, isDeletable(given)),
);
