import { sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { userRoles } from '../../tables/user-roles.ts';

const deleteFormer = statement(({ id }: Given<{ id: string }>) =>
  build.delete(userRoles).where(
    sql`${userRoles.userId} = ${id} AND ${userRoles.role} NOT IN (
        SELECT role.value FROM users, json_each(users.roles) AS role WHERE users.id = ${id})`,
  ),
);

const insertNew = statement(({ id }: Given<{ id: string }>) =>
  build.insert(userRoles).select(
    sql`SELECT users.id, role.value, users.registered_at FROM users, json_each(users.roles) AS role
      WHERE users.id = ${id} AND NOT EXISTS (
        SELECT 1 FROM user_roles WHERE user_roles.user_id = ${id} AND user_roles.role = role.value)`,
  ),
);

/** Makes the rows that find users by role say what the user's own row says. */
export const syncRoles = (id: string) => [deleteFormer({ id }), insertNew({ id })];
