import { type SQL, sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import type { Purpose } from '../../tables/challenges.ts';
import { type MessageName, outbox } from '../../tables/outbox.ts';
import { hasLiveCode, isCounted, isAllowed } from '../account/challenge-state.ts';

/** A mail as it begins. `locale` is for an account that has none. `expiresAt` is for a mail without a challenge. */
export type NewMail = { mailId: string; message: MessageName; locale: string | null; at: Date; expiresAt: Date };

const insert = (rows: SQL) => build.insert(outbox).select(rows).onConflictDoNothing().returning({ id: outbox.id });

type ChallengeMail = Omit<NewMail, 'expiresAt'> & { requestId: string; purpose: Purpose; email: string };

/** The mail of the challenge of `purpose` and `email` whose code lives: the newest, if the request was counted. */
function insertOfChallenge(given: Given<ChallengeMail>, condition: SQL) {
  const { mailId, message, locale, at, requestId, purpose, email } = given;
  return insert(
    sql`SELECT ${mailId}, ${message}, challenges.email,
        coalesce((SELECT users.locale FROM users WHERE users.id = challenges.user_id), ${locale}),
        challenges.id, challenges.code_expires_at, challenges.expires_at, 0, ${at}
      FROM challenges
      WHERE challenges.email = ${email} AND challenges.purpose = ${purpose} AND ${hasLiveCode(at)} AND ${condition}
        AND ${isCounted(requestId)}
      ORDER BY challenges.id DESC LIMIT 1`,
  );
}

/** For the challenge of whoever has the address. */
export const insertMailOfAddress = statement((given: Given<ChallengeMail>) => insertOfChallenge(given, isAllowed));

/** For the challenge of the user `userId`. */
export const insertMailOfUser = statement((given: Given<ChallengeMail & { userId: string }>) =>
  insertOfChallenge(given, sql`${isAllowed} AND challenges.user_id = ${given.userId}`),
);

/** For the challenge of an address without an account. */
export const insertMailOfNobody = statement((given: Given<ChallengeMail>) =>
  insertOfChallenge(
    given,
    sql`challenges.user_id IS NULL AND NOT EXISTS (SELECT 1 FROM users WHERE users.email = ${given.email})`,
  ),
);

/** Says to the owner of `email` that there is an account, if it is not that of `userId`. */
export const insertMailOfOwner = statement(
  ({
    mailId,
    message,
    locale,
    at,
    expiresAt,
    requestId,
    email,
    userId,
  }: Given<NewMail & { requestId: string; email: string; userId: string | null }>) =>
    insert(
      sql`SELECT ${mailId}, ${message}, users.email, coalesce(users.locale, ${locale}), NULL, NULL, ${expiresAt}, 0, ${at}
        FROM users
        WHERE users.email = ${email} AND users.id IS NOT ${userId} AND users.disabled_at IS NULL AND ${isCounted(requestId)}`,
    ),
);

/** The mail of the challenge `challengeId`, if there is one. */
export const insertMailOfChallenge = statement(
  ({ mailId, message, at, challengeId }: Given<Pick<NewMail, 'mailId' | 'message' | 'at'> & { challengeId: string }>) =>
    insert(
      sql`SELECT ${mailId}, ${message}, challenges.email,
          (SELECT users.locale FROM users WHERE users.id = challenges.user_id),
          challenges.id, challenges.code_expires_at, challenges.expires_at, 0, ${at}
        FROM challenges WHERE challenges.id = ${challengeId}`,
    ),
);
