import { and, eq, getTableColumns, sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { passkeys } from '../../tables/passkeys.ts';
import { recoveryCodes } from '../../tables/recovery-codes.ts';
import { totps } from '../../tables/totps.ts';
import { users } from '../../tables/users.ts';
import { hasFactor } from './has-factor.ts';

const { passwordHash: _, ...user } = getTableColumns(users);
const { sealedSecret, lastStep } = getTableColumns(totps);
const { id, publicKey, counter } = getTableColumns(passkeys);

/** The user of a code that somebody presents, and the MAC of it if it is a recovery code: otherwise it is empty. */
export type Presented = { userId: string; mac: string };

/** Selects the user with the authenticator app, `null` without one, and whether the user has the recovery code. */
export const findFactor = statement((given: Given<Presented>) =>
  build
    .select({
      user,
      totp: { sealedSecret, lastStep },
      hasCode: sql`recovery_codes.mac IS NOT NULL`.mapWith(Boolean).as('has_code'),
    })
    .from(users)
    .leftJoin(totps, eq(totps.userId, users.id))
    .leftJoin(recoveryCodes, and(eq(recoveryCodes.mac, given.mac), eq(recoveryCodes.userId, users.id)))
    .where(eq(users.id, given.userId)),
);

/** Selects the passkey `id` with its user. Both have an id, so this cannot be part of a batch in D1. */
export const findPasskey = statement((given: Given<{ id: string }>) =>
  build
    .select({ user, passkey: { id, publicKey, counter } })
    .from(passkeys)
    .innerJoin(users, eq(users.id, passkeys.userId))
    .where(eq(passkeys.id, given.id)),
);

/** Selects the user `userId`, and whether the user has a second factor. */
export const findAdder = statement((given: Given<{ userId: string }>) =>
  build
    .select({ ...user, hasFactor: hasFactor(users.id).as('has_factor') })
    .from(users)
    .where(eq(users.id, given.userId)),
);
