import { type SQL, sql, type SQLWrapper } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { challenges } from '../../tables/challenges.ts';
import { users } from '../../tables/users.ts';
import { type Redeemed, userOf } from './challenge-state.ts';

type Values = Redeemed & { at: Date; passwordHash: string };

/** Whether the challenge was mailed, and not handed over by an operator. */
const isMailed = (id: SQLWrapper): SQL =>
  sql`(SELECT challenges.code_expires_at FROM challenges WHERE challenges.id = ${id}) > 0`;

const replace = (given: Record<'id' | 'redemption' | 'at' | 'passwordHash', SQLWrapper>, email: SQL) =>
  build
    .update(users)
    .set({
      email,
      passwordHash: sql`${given.passwordHash}`,
      emailVerifiedAt: sql`coalesce(${users.emailVerifiedAt}, CASE WHEN ${isMailed(given.id)} THEN ${given.at} END)`,
      version: sql`${users.version} + 1`,
    })
    .where(sql`${users.id} = ${userOf(given)}`)
    .returning({ id: users.id, version: users.version });

/** What follows the redemption of a reset. One that was mailed proves the mailbox, so the address is verified too. */
export const resetPassword = statement((given: Given<Values>) => replace(given, sql`${users.email}`));

/** What follows the redemption of an undo. `passwordHash` is of a password that nobody knows. */
export const undoEmail = statement((given: Given<Values>) =>
  replace(given, sql`(SELECT challenges.email FROM challenges WHERE challenges.id = ${given.id})`),
);

/** Uses up the undos of later changes: their addresses may be a thief's. */
export const useUpLaterUndos = statement((given: Given<Redeemed>) =>
  build
    .update(challenges)
    .set({ redemption: sql`${given.redemption}` })
    .where(
      sql`${challenges.userId} = ${userOf(given)} AND ${challenges.purpose} = 'undo_email'
        AND ${challenges.redemption} IS NULL AND ${challenges.id} > ${given.id}`,
    ),
);

/** Makes a reset for the user whose challenge this request has redeemed, under the version that the user has by then. */
export const insertReset = statement(
  (given: Given<Redeemed & { resetId: string; codeExpiresAt: Date; expiresAt: Date }>) =>
    build.insert(challenges).select(
      sql`SELECT ${given.resetId}, users.id, 'reset_password', users.email, users.version, 0, ${given.codeExpiresAt}, ${given.expiresAt}, NULL
        FROM users WHERE users.id = ${userOf(given)}`,
    ),
);
