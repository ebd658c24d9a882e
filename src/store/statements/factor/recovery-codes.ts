import { sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { recoveryCodes } from '../../tables/recovery-codes.ts';
import { hasChanged } from '../event/insert-event.ts';
import { type Adder, isAsRead } from './add-factor.ts';
import { hasFactor } from './has-factor.ts';

/** `macs` is a JSON array. */
type NewCodes = { userId: string; macs: string; at: Date };

/** Stores recovery codes if the statement before it in the batch has changed a row, and the user has none. Returns them. */
export const addFirstCodes = statement((given: Given<NewCodes>) =>
  build
    .insert(recoveryCodes)
    .select(
      sql`SELECT code.value, ${given.userId}, ${given.at} FROM json_each(${given.macs}) AS code
        WHERE ${hasChanged}
          AND NOT EXISTS (SELECT 1 FROM ${recoveryCodes} WHERE ${recoveryCodes.userId} = ${given.userId})`,
    )
    .returning({ mac: recoveryCodes.mac }),
);

/** Deletes the recovery codes of the user, if the user is as it was read and has a second factor. */
export const deleteCodes = statement((given: Given<Omit<Adder, 'at'>>) =>
  build
    .delete(recoveryCodes)
    .where(sql`${recoveryCodes.userId} = ${given.userId} AND ${hasFactor(given.userId)} AND ${isAsRead(given)}`),
);

/** Stores recovery codes, if the user is as it was read and has a second factor. Returns them. */
export const addCodes = statement((given: Given<Adder & NewCodes>) =>
  build
    .insert(recoveryCodes)
    .select(
      sql`SELECT code.value, ${given.userId}, ${given.at} FROM json_each(${given.macs}) AS code
        WHERE ${hasFactor(given.userId)} AND ${isAsRead(given)}`,
    )
    .returning({ mac: recoveryCodes.mac }),
);

/** Deletes the recovery codes of the user `userId`, if the user has no second factor any more. */
export const deleteCodesWithoutFactor = statement(({ userId }: Given<{ userId: string }>) =>
  build.delete(recoveryCodes).where(sql`${recoveryCodes.userId} = ${userId} AND NOT ${hasFactor(userId)}`),
);
