import { type SQL, sql } from 'drizzle-orm';
import type { Given } from '../../statement.ts';
import { sessions } from '../../tables/sessions.ts';
import { users } from '../../tables/users.ts';

/** Whose sessions need a second factor to go on: 1 for yes, 0 for no. */
export type NeededLevel = { adminsNeedFactor: number; othersNeedFactor: number };

/** Whether a session has a second factor, or its user needs none. */
export const reachesLevel = ({ adminsNeedFactor, othersNeedFactor }: Given<NeededLevel>): SQL => sql`(
  (${adminsNeedFactor} = 0 AND ${othersNeedFactor} = 0)
  OR CASE WHEN EXISTS (SELECT 1 FROM ${users} WHERE ${users.id} = ${sessions.userId} AND ${users.admin} = 1)
    THEN ${adminsNeedFactor} ELSE ${othersNeedFactor} END = 0
  OR EXISTS (SELECT 1 FROM json_each(${sessions.amr}) AS method WHERE method.value = 'mfa'))`;
