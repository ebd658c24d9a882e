import { type SQL, sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { userRoles } from '../../tables/user-roles.ts';
import { users } from '../../tables/users.ts';
import { managedColumns } from './managed-user.ts';

/**
 * Which users to list, and where to go on. `null` filters nothing. Users are newest first, those after `afterTime` and
 * `afterId`; with `email` or `domain`, by address, those after `afterEmail`.
 */
export type UserListing = {
  email: string | null;
  domain: string | null;
  role: string | null;
  admin: number | null;
  disabled: number | null;
  unverified: number | null;
  afterTime: number;
  afterId: string;
  afterEmail: string;
  limit: number;
};

/** The last character of Unicode: no address that begins with `text` comes after `text` and this. */
const endOf = (text: SQL) => sql`(${text} || char(1114111))`;

/**
 * The filters. The one that an index is for stands outside of them. The plus keeps SQLite from going through all users of
 * the role, for each user: a user has few roles.
 */
const filters = ({ role, admin, disabled, unverified }: Given<UserListing>): SQL => sql`
  (${role} IS NULL OR EXISTS (SELECT 1 FROM user_roles WHERE user_roles.user_id = users.id AND +user_roles.role = ${role}))
  AND (${admin} IS NULL OR users.admin = ${admin})
  AND (${disabled} IS NULL OR (users.disabled_at IS NOT NULL) = ${disabled})
  AND (${unverified} IS NULL OR (users.email_verified_at IS NULL) = ${unverified})`;

/** Newest first, by the index that `condition` names. */
const listNewest = (condition: SQL) =>
  statement((given: Given<UserListing>) =>
    build
      .select(managedColumns)
      .from(users)
      .where(
        sql`${condition} AND (users.registered_at, users.id) < (${given.afterTime}, ${given.afterId}) AND ${filters(given)}`,
      )
      .orderBy(sql`users.registered_at DESC, users.id DESC`)
      .limit(given.limit),
  );

export const listAllUsers = listNewest(sql`true`);

export const listAdmins = listNewest(sql`users.admin = 1`);

export const listDisabledUsers = listNewest(sql`users.disabled_at IS NOT NULL`);

export const listUnverifiedUsers = listNewest(sql`users.email_verified_at IS NULL`);

export const listUsersOfRole = statement((given: Given<UserListing>) =>
  build
    .select(managedColumns)
    .from(userRoles)
    .innerJoin(users, sql`users.id = user_roles.user_id`)
    .where(
      sql`user_roles.role = ${given.role}
        AND (user_roles.registered_at, user_roles.user_id) < (${given.afterTime}, ${given.afterId}) AND ${filters(given)}`,
    )
    .orderBy(sql`user_roles.registered_at DESC, user_roles.user_id DESC`)
    .limit(given.limit),
);

/** Users whose address begins with `email`. */
export const listUsersByEmail = statement((given: Given<UserListing>) =>
  build
    .select(managedColumns)
    .from(users)
    .where(
      sql`users.email >= ${given.email} AND users.email < ${endOf(sql`${given.email}`)}
        AND users.email > ${given.afterEmail} AND ${filters(given)}`,
    )
    .orderBy(sql`users.email`)
    .limit(given.limit),
);

/** Users whose domain, with the @ before it, begins with `domain`. */
export const listUsersByDomain = statement((given: Given<UserListing>) => {
  const domain = sql`substr(email, instr(email, '@'))`;
  return build
    .select(managedColumns)
    .from(users)
    .where(
      sql`${domain} >= ${given.domain} AND ${domain} < ${endOf(sql`${given.domain}`)}
        AND (${domain}, email) > (substr(${given.afterEmail}, instr(${given.afterEmail}, '@')), ${given.afterEmail})
        AND ${filters(given)}`,
    )
    .orderBy(sql`${domain}, email`)
    .limit(given.limit);
});
