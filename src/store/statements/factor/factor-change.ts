import { sql } from 'drizzle-orm';
import { type Given, statement } from '../../statement.ts';
import { carryChallenges } from '../account/carry-challenges.ts';
import { countVersion } from '../account/count-version.ts';
import { insertNoticeWhere, type NewNotice } from '../mail/insert-notice.ts';

/**
 * The user as it was read, and what a change of the factors has stored at `at`: the sealed secret of an authenticator app,
 * the id of a passkey, or the MAC of a recovery code. Under this version, no other change has stored it then.
 */
type Change = { userId: string; userVersion: number; mark: string; at: Date };

// A passkey that the user has already is not stored again. Its time tells.
const isDone = ({ userId, userVersion, mark, at }: Given<Change>) => sql`EXISTS (
  SELECT 1 FROM users WHERE users.id = ${userId} AND users.version = ${userVersion})
  AND (
    EXISTS (SELECT 1 FROM totps WHERE totps.user_id = ${userId} AND totps.sealed_secret = ${mark})
    OR EXISTS (SELECT 1 FROM passkeys WHERE passkeys.id = ${mark} AND passkeys.user_id = ${userId} AND passkeys.added_at = ${at})
    OR EXISTS (SELECT 1 FROM recovery_codes WHERE recovery_codes.mac = ${mark}))`;

/** Tells the user about the change, if this request has made it. */
export const insertNoticeOfFactor = statement((given: Given<NewNotice & Change>) =>
  insertNoticeWhere(given, sql`users.id = ${given.userId} AND ${isDone(given)}`),
);

const carry = statement((given: Given<Change>) => carryChallenges(given.userId, isDone(given)));

const count = statement((given: Given<Change>) => countVersion(sql`users.id = ${given.userId} AND ${isDone(given)}`));

/**
 * The statements that count up the version of the user, if this request has changed the factors. They come last in the
 * batch: the others compare the version. Verifications and resets that were mailed stay in force.
 */
export const countVersionOfFactors = (change: Change) => [carry(change), count(change)] as const;
