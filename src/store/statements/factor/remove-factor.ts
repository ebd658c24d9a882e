import { type SQL, sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { passkeys } from '../../tables/passkeys.ts';
import { recoveryCodes } from '../../tables/recovery-codes.ts';
import { totps } from '../../tables/totps.ts';
import { insertEventWhere, type NewEvent } from '../event/insert-event.ts';
import { hasFactor } from './has-factor.ts';

/** A factor of a user as it was read. The id of an authenticator app is empty. `mayBeLast` is 0 or 1. */
export type Removal = { userId: string; userVersion: number; id: string; mayBeLast: number };

/** Whether the user is as it was read. */
const isAsRead = ({ userId, userVersion }: Given<Removal>): SQL => sql`EXISTS (
  SELECT 1 FROM users WHERE users.id = ${userId} AND users.version = ${userVersion} AND users.disabled_at IS NULL)`;

const hasTotp = (given: Given<Removal>): SQL => sql`EXISTS (SELECT 1 FROM totps WHERE totps.user_id = ${given.userId})`;

const hasOtherPasskey = (given: Given<Removal>): SQL => sql`EXISTS (
  SELECT 1 FROM passkeys AS other WHERE other.user_id = ${given.userId} AND other.id <> ${given.id})`;

/** Removes the authenticator app of the user. Returns the user if so. */
export const removeTotp = statement((given: Given<Removal>) =>
  build
    .delete(totps)
    .where(
      sql`${totps.userId} = ${given.userId} AND ${isAsRead(given)}
        AND (${given.mayBeLast} = 1 OR ${hasOtherPasskey(given)})`,
    )
    .returning({ userId: totps.userId }),
);

/** Removes the passkey of the user. Returns the user if so. */
export const removePasskey = statement((given: Given<Removal>) =>
  build
    .delete(passkeys)
    .where(
      sql`${passkeys.id} = ${given.id} AND ${passkeys.userId} = ${given.userId} AND ${isAsRead(given)}
        AND (${given.mayBeLast} = 1 OR ${hasTotp(given)} OR ${hasOtherPasskey(given)})`,
    )
    .returning({ userId: passkeys.userId }),
);

type OfUser = { userId: string };

/** Inserts an event if the user has a factor: of two removals of all factors at once, one tells of them. */
export const insertEventOfFactors = statement((given: Given<NewEvent & OfUser>) =>
  insertEventWhere(given, { where: hasFactor(given.userId) }),
);

/** Removes what the user has, for an operator: the authenticator app, the passkeys, and the recovery codes. */
export const removeAllFactors = (user: OfUser) =>
  [removeTotpOf(user), removePasskeysOf(user), removeCodesOf(user)] as const;

const removeTotpOf = statement(({ userId }: Given<OfUser>) =>
  build
    .delete(totps)
    .where(sql`${totps.userId} = ${userId}`)
    .returning({ userId: totps.userId }),
);

const removePasskeysOf = statement(({ userId }: Given<OfUser>) =>
  build
    .delete(passkeys)
    .where(sql`${passkeys.userId} = ${userId}`)
    .returning({ id: passkeys.id }),
);

const removeCodesOf = statement(({ userId }: Given<OfUser>) =>
  build.delete(recoveryCodes).where(sql`${recoveryCodes.userId} = ${userId}`),
);
