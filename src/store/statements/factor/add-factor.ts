import { type SQL, sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { passkeys } from '../../tables/passkeys.ts';
import { totps } from '../../tables/totps.ts';

/** How many passkeys an account can have. */
const MAX_PASSKEYS = 20;

/**
 * Who adds a factor, as it was read: a user, in a session that must not be revoked. Without a session, its id is empty.
 */
export type Adder = { userId: string; userVersion: number; sessionId: string; at: Date };

export type NewTotp = { sealedSecret: string; step: number };

/** `transports` is JSON, and `backedUp` 0 or 1. */
export type NewPasskey = {
  id: string;
  name: string;
  publicKey: string;
  counter: number;
  backedUp: number;
  transports: string;
};

/** Whether the user and the session are as they were read. */
export const isAsRead = ({ userId, userVersion, sessionId }: Given<Omit<Adder, 'at'>>): SQL => sql`
  EXISTS (SELECT 1 FROM users WHERE users.id = ${userId} AND users.version = ${userVersion} AND users.disabled_at IS NULL)
  AND (${sessionId} = '' OR EXISTS (SELECT 1 FROM sessions
    WHERE sessions.id = ${sessionId} AND sessions.user_id = ${userId} AND sessions.revoked_at IS NULL))`;

/** Stores the authenticator app in place of a former one, if the user is as it was read. Returns the user if so. */
export const addTotp = statement((given: Given<Adder & NewTotp>) =>
  build
    .insert(totps)
    .select(
      sql`SELECT ${given.userId}, ${given.sealedSecret}, ${given.step}, ${given.at}, NULL WHERE ${isAsRead(given)}`,
    )
    .onConflictDoUpdate({
      target: totps.userId,
      set: {
        sealedSecret: sql`excluded.sealed_secret`,
        lastStep: sql`excluded.last_step`,
        addedAt: sql`excluded.added_at`,
        lastUsedAt: sql`NULL`,
      },
    })
    .returning({ userId: totps.userId }),
);

/** Stores the passkey, if nobody has it, the user can have another one, and is as it was read. Returns the user if so. */
export const addPasskey = statement((given: Given<Adder & NewPasskey>) =>
  build
    .insert(passkeys)
    .select(
      sql`SELECT ${given.id}, ${given.userId}, ${given.name}, ${given.publicKey}, ${given.counter}, ${given.backedUp},
          ${given.transports}, ${given.at}, NULL
        WHERE ${isAsRead(given)}
          AND (SELECT count(*) FROM ${passkeys} WHERE ${passkeys.userId} = ${given.userId}) < ${MAX_PASSKEYS}`,
    )
    .onConflictDoNothing()
    .returning({ userId: passkeys.userId }),
);

/** Selects why a passkey was not stored: whether somebody has it, and whether the user has too many. */
export const findPasskeyFault = statement(({ id, userId }: Given<{ id: string; userId: string }>) =>
  build
    .select({
      isTaken: sql`EXISTS (SELECT 1 FROM passkeys WHERE passkeys.id = ${id})`.mapWith(Boolean).as('is_taken'),
      isFull: sql`(SELECT count(*) FROM passkeys WHERE passkeys.user_id = ${userId}) >= ${MAX_PASSKEYS}`
        .mapWith(Boolean)
        .as('is_full'),
    })
    .from(sql`(SELECT 1)`),
);
