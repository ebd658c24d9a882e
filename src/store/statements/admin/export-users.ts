import { sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { users } from '../../tables/users.ts';
import { insertEventWhere, type NewEvent } from '../event/insert-event.ts';

/** The next `limit` users after the id `after`. */
export type Page = { after: string; limit: number };

/** Selects users with their password hashes, in the order of their ids. */
export const exportUsers = statement(({ after, limit }: Given<Page>) =>
  build
    .select()
    .from(users)
    .where(sql`${users.id} > ${after}`)
    .orderBy(users.id)
    .limit(limit),
);

/** Inserts an event about these users, with their number. */
export const insertEventOfExport = statement((given: Given<NewEvent & Page>) =>
  insertEventWhere(given, {
    data: sql`json_object('users', (SELECT count(*) FROM (
      SELECT 1 FROM users WHERE id > ${given.after} ORDER BY id LIMIT ${given.limit})))`,
    where: sql`true`,
  }),
);
