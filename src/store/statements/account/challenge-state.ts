import { type SQL, sql, type SQLWrapper } from 'drizzle-orm';

/** How many codes of a challenge may be tried. After that, only its token is left. */
export const MAX_CODE_ATTEMPTS = 5;

/** Whether the request `requestId` was counted: see `countMailRequest`. */
export const isCounted = (requestId: SQLWrapper): SQL =>
  sql`EXISTS (SELECT 1 FROM mail_requests WHERE mail_requests.id = ${requestId})`;

/** Whether the code of a row of `challenges` can still be redeemed at `at`. */
export const hasLiveCode = (at: SQLWrapper): SQL =>
  sql`(challenges.redemption IS NULL AND challenges.code_expires_at > ${at} AND challenges.attempts < ${MAX_CODE_ATTEMPTS})`;

/**
 * Whether the account still allows a row of `challenges`: it is not disabled, and has the version that the challenge was
 * made under. An undo works under any version: it is against somebody who has changed the address, and may have changed
 * the password too. A registration has no account yet.
 */
export const isAllowed = sql`(challenges.user_id IS NULL OR EXISTS (
  SELECT 1 FROM users
  WHERE users.id = challenges.user_id AND users.disabled_at IS NULL
    AND (users.version = challenges.user_version OR challenges.purpose = 'undo_email')))`;

/** Whether a row of `outbox` has no challenge, or one that can be redeemed if it is not too old. */
export const hasUse = sql`(outbox.challenge_id IS NULL OR EXISTS (
  SELECT 1 FROM challenges
  WHERE challenges.id = outbox.challenge_id AND challenges.redemption IS NULL AND ${isAllowed}))`;

/**
 * Whether nobody but the user `userId` has the address `email`, or may take it back by an undo at `at`. Otherwise a
 * thief could change the address of an account, and block the way back by another account with the former one.
 */
export const isFree = ({ email, userId, at }: { email: SQLWrapper; userId: SQLWrapper; at: SQLWrapper }): SQL => sql`(
  NOT EXISTS (SELECT 1 FROM users AS other WHERE other.email = ${email} AND other.id IS NOT ${userId})
  AND NOT EXISTS (
    SELECT 1 FROM challenges AS reserved
    WHERE reserved.email = ${email} AND reserved.purpose = 'undo_email' AND reserved.redemption IS NULL
      AND reserved.expires_at > ${at} AND reserved.user_id IS NOT ${userId}))`;

/** A challenge that this request has redeemed. Of two requests at once, only the first is the one in `redemption`. */
export type Redeemed = { id: string; redemption: string };

/** The user of the challenge, if this request has redeemed it. */
export const userOf = ({ id, redemption }: Record<keyof Redeemed, SQLWrapper>): SQL =>
  sql`(SELECT challenges.user_id FROM challenges WHERE challenges.id = ${id} AND challenges.redemption = ${redemption})`;
