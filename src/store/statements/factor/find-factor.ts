import { and, eq, getTableColumns, sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { passkeys } from '../../tables/passkeys.ts';
import { recoveryCodes } from '../../tables/recovery-codes.ts';
import { totps } from '../../tables/totps.ts';
import { users } from '../../tables/users.ts';

const { passwordHash: _, ...user } = getTableColumns(users);
const { sealedSecret, lastStep } = getTableColumns(totps);
const { id, publicKey, counter } = getTableColumns(passkeys);

/** A factor that somebody presents: the MAC of a recovery code, or the id of a passkey. Empty where it is another one. */
export type Presented = { userId: string; mac: string; passkeyId: string };

/**
 * Selects the user with the authenticator app, and with the recovery code and the passkey that somebody presents: `null`
 * for what the user does not have.
 */
export const findFactor = statement((given: Given<Presented>) =>
  build
    .select({
      user,
      totp: { sealedSecret, lastStep },
      passkey: { id, publicKey, counter },
      hasCode: sql`recovery_codes.mac IS NOT NULL`.mapWith(Boolean).as('has_code'),
    })
    .from(users)
    .leftJoin(totps, eq(totps.userId, users.id))
    .leftJoin(passkeys, and(eq(passkeys.id, given.passkeyId), eq(passkeys.userId, users.id)))
    .leftJoin(recoveryCodes, and(eq(recoveryCodes.mac, given.mac), eq(recoveryCodes.userId, users.id)))
    .where(eq(users.id, given.userId)),
);

/** Selects the passkey `id` with its user. */
export const findPasskey = statement((given: Given<{ id: string }>) =>
  build
    .select({ user, passkey: { id, publicKey, counter } })
    .from(passkeys)
    .innerJoin(users, eq(users.id, passkeys.userId))
    .where(eq(passkeys.id, given.id)),
);

/** Selects the user `userId`. */
export const findAdder = statement((given: Given<{ userId: string }>) =>
  build.select(user).from(users).where(eq(users.id, given.userId)),
);
