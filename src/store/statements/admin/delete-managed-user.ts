import { build } from '../../build.ts';
import { sql } from 'drizzle-orm';
import { type Given, statement } from '../../statement.ts';
import { users } from '../../tables/users.ts';
import type { UserVersion } from '../session/revoke-under-version.ts';
import { isPermitted, type Permit } from './managed-user.ts';

/**
 * Deletes the user, with sessions, challenges and roles, if all its sessions are revoked, nothing has counted up the
 * version since, and whoever asks is permitted to. Returns the id if deleted.
 */
export const deleteManagedUser = statement((given: Given<UserVersion & Permit>) =>
  build
    .delete(users)
    .where(
      sql`users.id = ${given.userId} AND users.version = ${given.version} AND ${isPermitted(given, given.userId)}
        AND NOT EXISTS (SELECT 1 FROM sessions WHERE sessions.user_id = ${given.userId} AND sessions.revoked_at IS NULL)`,
    )
    .returning({ id: users.id }),
);
