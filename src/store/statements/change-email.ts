import { sql } from 'drizzle-orm';
import { build } from '../build.ts';
import { type Given, statement } from '../statement.ts';
import { challenges } from '../tables/challenges.ts';
import { outbox } from '../tables/outbox.ts';
import { users } from '../tables/users.ts';
import { type Redeemed, userOf } from './challenge-state.ts';

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

/** Tells the address that the account has now, with the undo if there is one. */
const insertMail = statement((given: Given<Values>) =>
  build
    .insert(outbox)
    .select(
      sql`SELECT ${given.mailId}, 'email_changed', users.email, users.locale,
          (SELECT challenges.id FROM challenges WHERE challenges.id = ${given.undoId}), NULL, ${given.undoExpiresAt}, 0, ${given.at}
        FROM users WHERE users.id = ${userOf(given)}`,
    )
    .returning({ id: outbox.id }),
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

/** What follows the redemption of a change: the account gets the address of the challenge, and the former one is told. */
export function changeEmail(values: Values) {
  return [insertUndo(values), insertMail(values), change(values)] as const;
}
