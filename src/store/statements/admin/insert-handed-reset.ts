import { sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { challenges } from '../../tables/challenges.ts';

/**
 * A reset of the password that goes out as a link alone, without a code. `isMailed` tells whether it proves the mailbox:
 * one that an operator hands over does not.
 */
export type HandedReset = { resetId: string; userId: string; at: Date; expiresAt: Date; isMailed: number };

/** Inserts the reset for the user, unless the user is disabled. Returns the id if inserted. */
export const insertHandedReset = statement(({ resetId, userId, at, expiresAt, isMailed }: Given<HandedReset>) =>
  build
    .insert(challenges)
    .select(
      sql`SELECT ${resetId}, users.id, 'reset_password', users.email, users.version, 0, ${at} * ${isMailed}, ${expiresAt}, NULL
        FROM users WHERE users.id = ${userId} AND users.disabled_at IS NULL`,
    )
    .returning({ id: challenges.id }),
);
