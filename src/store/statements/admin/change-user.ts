import { sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { challenges } from '../../tables/challenges.ts';
import { sessions } from '../../tables/sessions.ts';
import { users } from '../../tables/users.ts';
import { isFree } from '../account/challenge-state.ts';
import { revokedSince } from '../session/revoked-since.ts';
import { isAsRead, isPermitted, type Permit, type Read } from './managed-user.ts';

/** A user as it will be, and by how much its versions count up. `roles` and `claims` are JSON. */
export type UserChange = {
  at: Date;
  newEmail: string;
  newEmailVerifiedAt: Date | null;
  newAdmin: number;
  newRoles: string;
  newClaims: string;
  newLocale: string | null;
  newDisabledAt: Date | null;
  versions: number;
  rightsVersions: number;
};

/**
 * Changes the user if it is still as it was read, its address is free, and whoever asks is permitted to. Returns the new
 * versions if so. Another address is deliverable until a provider says otherwise.
 */
export const changeUser = statement((given: Given<Read & Permit & UserChange>) =>
  build
    .update(users)
    .set({
      email: sql`${given.newEmail}`,
      emailVerifiedAt: sql`${given.newEmailVerifiedAt}`,
      undeliverableAt: sql`CASE WHEN users.email = ${given.newEmail} THEN users.undeliverable_at END`,
      admin: sql`${given.newAdmin}`,
      roles: sql`${given.newRoles}`,
      claims: sql`${given.newClaims}`,
      locale: sql`${given.newLocale}`,
      disabledAt: sql`${given.newDisabledAt}`,
      version: sql`${users.version} + ${given.versions}`,
      rightsVersion: sql`${users.rightsVersion} + ${given.rightsVersions}`,
    })
    .where(
      sql`${isAsRead(given)} AND ${isPermitted(given, given.id)}
        AND (users.email = ${given.newEmail} OR ${isFree({ email: given.newEmail, userId: given.id, at: given.at })})`,
    )
    .returning({ version: users.version, rightsVersion: users.rightsVersion }),
);

/** Revokes all sessions of the user, if it is disabled. Returns when each has ended. */
export const revokeSessionsOfDisabled = statement(({ id, at }: Given<{ id: string; at: Date }>) =>
  build
    .update(sessions)
    .set({
      ...revokedSince(at),
      endedVersion: sql`(SELECT users.version FROM users WHERE users.id = ${sessions.userId})`,
    })
    .where(
      sql`${sessions.userId} = ${id} AND ${sessions.revokedAt} IS NULL
        AND EXISTS (SELECT 1 FROM users WHERE users.id = ${id} AND users.disabled_at IS NOT NULL)`,
    )
    .returning({ endedAt: sessions.expiresAt }),
);

/** Deletes what was mailed to the user, if the address is `email` by now: the links of a former one must not work. */
export const deleteChallengesOfFormerAddress = statement(({ id, email }: Given<{ id: string; email: string }>) =>
  build
    .delete(challenges)
    .where(
      sql`${challenges.userId} = ${id} AND EXISTS (SELECT 1 FROM users WHERE users.id = ${id} AND users.email = ${email})`,
    ),
);
