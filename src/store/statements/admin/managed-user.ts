import { getTableColumns, type SQL, sql, type SQLWrapper } from 'drizzle-orm';
import type { Given } from '../../statement.ts';
import { users } from '../../tables/users.ts';
import { hasOtherAdmin } from '../account/other-admin.ts';
import { hasFactor } from '../factor/has-factor.ts';

const { passwordHash: _, ...columns } = getTableColumns(users);

/** What administrators see of a user: all but the password hash, and whether there is a second factor. */
export const managedColumns = { ...columns, hasFactor: hasFactor(sql`users.id`).as('has_factor') };

export type ManagedUser = Omit<typeof users.$inferSelect, 'passwordHash'> & { hasFactor: boolean };

/** The parts of a user that tell whether somebody has changed it since it was read. */
export type Read = Pick<ManagedUser, 'id' | 'version' | 'rightsVersion' | 'emailVerifiedAt' | 'disabledAt' | 'locale'>;

/**
 * Whether the user is as it was read. A change of the address or of the password counts up `version`, and one of admin,
 * roles or claims `rightsVersion`.
 */
export const isAsRead = (read: Given<Read>): SQL => sql`users.id = ${read.id} AND users.version = ${read.version}
  AND users.rights_version = ${read.rightsVersion} AND users.email_verified_at IS ${read.emailVerifiedAt}
  AND users.disabled_at IS ${read.disabledAt} AND users.locale IS ${read.locale}`;

/** Who asks for a change: `adminId` is `null` for an operator. `needsOther` when another administrator must be left. */
export type Permit = { adminId: string | null; needsOther: number };

/** Whether whoever asks is still an administrator, and one is left. Two who disable each other cannot both succeed. */
export const isPermitted = ({ adminId, needsOther }: Given<Permit>, userId: SQLWrapper): SQL => sql`(
  ${adminId} IS NULL OR EXISTS (
    SELECT 1 FROM users AS actor WHERE actor.id = ${adminId} AND actor.admin = 1 AND actor.disabled_at IS NULL))
  AND (${needsOther} = 0 OR ${hasOtherAdmin(userId)})`;
