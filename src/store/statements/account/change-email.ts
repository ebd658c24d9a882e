import { sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { challenges } from '../../tables/challenges.ts';
import { users } from '../../tables/users.ts';
import { type Redeemed, userOf } from './challenge-state.ts';
import { insertMailOfChallenge } from '../mail/insert-mail.ts';

/** The ids of the undo and of the mail that carries it, and until when the undo is possible. */
export type Undo = { undoId: string; mailId: string; undoExpiresAt: Date };

type Values = Redeemed & { at: Date } & Undo;

/**
 * Makes the undo for the address that the account has now. There is none for an address that was never verified: it may
 * be a mistyped one, and belong to a stranger.
 */
const insertUndo = statement((given: Given<Values>) =>
  build.insert(challenges).select(
    sql`SELECT ${given.undoId}, users.id, 'undo_email', users.email, users.version + 1, 0, ${given.at}, ${given.undoExpiresAt}, NULL
      FROM users WHERE users.id = ${userOf(given)} AND users.email_verified_at IS NOT NULL`,
  ),
);

const change = statement((given: Given<Redeemed & { at: Date }>) =>
  build
    .update(users)
    .set({
      email: sql`(SELECT challenges.email FROM challenges WHERE challenges.id = ${given.id})`,
      emailVerifiedAt: sql`${given.at}`,
      undeliverableAt: sql`NULL`,
      version: sql`${users.version} + 1`,
    })
    .where(sql`${users.id} = ${userOf(given)}`),
);

/**
 * What follows the redemption of a change: the account gets the address of the challenge, and the former one is told if
 * it was verified.
 */
export function changeEmail(values: Values) {
  const mail = { mailId: values.mailId, message: 'email_changed' as const, at: values.at, challengeId: values.undoId };
  return [insertUndo(values), insertMailOfChallenge(mail), change(values)] as const;
}
