import { type SQL, sql, type SQLWrapper } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { userRoles } from '../../tables/user-roles.ts';
import { users } from '../../tables/users.ts';
import { isFree } from '../account/challenge-state.ts';
import { insertEventWhere, type NewEvent } from '../event/insert-event.ts';

/** A user to import. Times are epoch milliseconds, `roles` and `claims` are JSON. */
export type UserToImport = {
  id: string;
  email: string;
  passwordHash: string;
  scheme: string;
  admin: number;
  registeredAt: number;
  emailVerifiedAt: number | null;
  locale: string | null;
  disabledAt: number | null;
  roles: string;
  claims: string;
};

/** Users to import, as a JSON array of `UserToImport`. No two have one id or one address. */
type Import = { lines: string; at: Date };

const field = (name: keyof UserToImport): SQL => sql.raw(`json_extract(line.value, '$.${name}')`);

/** Whether a line can be imported: nobody has its id, and nobody has or may take back its address. */
const isNew = (at: SQLWrapper): SQL => sql`NOT EXISTS (SELECT 1 FROM users AS holder WHERE holder.id = ${field('id')})
  AND ${isFree({ email: field('email'), userId: field('id'), at })}`;

/** The users who have the id or the address of a line, in the order of the lines. */
export const findHolders = statement(({ lines }: Given<{ lines: string }>) =>
  build
    .select({
      index: sql<number>`line.key`.as('line_index'),
      id: users.id,
      email: users.email,
      registeredAt: users.registeredAt,
      hasSameHash: sql<number>`${users.passwordHash} = ${field('passwordHash')}`.as('has_same_hash'),
    })
    .from(sql`json_each(${lines}) AS line`)
    .innerJoin(users, sql`users.id = ${field('id')} OR users.email = ${field('email')}`)
    .orderBy(sql`line.key`),
);

/** The ids of the lines that `insertImported` would insert. */
export const findNew = statement(({ lines, at }: Given<Import>) =>
  build
    .select({ id: sql<string>`${field('id')}`.as('id') })
    .from(sql`json_each(${lines}) AS line`)
    .where(isNew(sql`${at}`)),
);

/** Inserts an event for each user whom `insertImported`, the next statement of the batch, inserts. */
export const insertEventsOfImport = statement((given: Given<NewEvent & Import>) =>
  insertEventWhere(given, {
    userId: field('id'),
    data: sql`json_object('scheme', ${field('scheme')})`,
    from: sql`FROM json_each(${given.lines}) AS line`,
    where: isNew(sql`${given.at}`),
  }),
);

/** Inserts the users whose id and address are free. Returns their ids. */
export const insertImported = statement(({ lines, at }: Given<Import>) =>
  build
    .insert(users)
    .select(
      sql`SELECT ${field('id')}, ${field('email')}, ${field('passwordHash')}, ${field('admin')}, 0, ${field('registeredAt')},
          ${field('emailVerifiedAt')}, NULL, ${field('locale')}, ${field('disabledAt')}, ${field('roles')}, ${field('claims')}, 0
        FROM json_each(${lines}) AS line WHERE ${isNew(sql`${at}`)}`,
    )
    .onConflictDoNothing()
    .returning({ id: users.id }),
);

/** Inserts the rows that find users by role, for those of the users who have none yet. `ids` is a JSON array. */
export const insertRolesOfImported = statement(({ ids }: Given<{ ids: string }>) =>
  build.insert(userRoles).select(
    sql`SELECT users.id, role.value, users.registered_at
      FROM json_each(${ids}) AS imported, users, json_each(users.roles) AS role
      WHERE users.id = imported.value AND NOT EXISTS (
        SELECT 1 FROM user_roles WHERE user_roles.user_id = users.id AND user_roles.role = role.value)`,
  ),
);
