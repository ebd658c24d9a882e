import { type SQL, sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { challenges, type Purpose } from '../../tables/challenges.ts';
import { hasLiveCode, isCounted, isFree } from './challenge-state.ts';

/** A challenge as it begins, and the request for a mail that it is for. */
export type NewChallenge = {
  id: string;
  requestId: string;
  purpose: Purpose;
  email: string;
  at: Date;
  codeExpiresAt: Date;
  expiresAt: Date;
};

type Parts = { userId: SQL; userVersion: SQL; from: SQL; where: SQL };

/**
 * Inserts a challenge, if the request was counted and no challenge of the same purpose, address and user has a code
 * that lives: the mail then carries that one.
 */
function insert(given: Given<NewChallenge>, { userId, userVersion, from, where }: Parts) {
  const { id, requestId, purpose, email, at, codeExpiresAt, expiresAt } = given;
  return build.insert(challenges).select(
    sql`SELECT ${id}, ${userId}, ${purpose}, ${email}, ${userVersion}, 0, ${codeExpiresAt}, ${expiresAt}, NULL ${from}
      WHERE ${where} AND ${isCounted(requestId)} AND NOT EXISTS (
        SELECT 1 FROM challenges
        WHERE challenges.email = ${email} AND challenges.purpose = ${purpose} AND challenges.user_id IS ${userId}
          AND challenges.user_version = ${userVersion} AND ${hasLiveCode(at)})`,
  );
}

const ofUser = { userId: sql`users.id`, userVersion: sql`users.version`, from: sql`FROM users` };

/** For whoever has the account with the address. */
export const insertChallengeOfAddress = statement((given: Given<NewChallenge>) =>
  insert(given, { ...ofUser, where: sql`users.email = ${given.email} AND users.disabled_at IS NULL` }),
);

/** For the user `userId`, whose version is still `userVersion`. The address may be a free one that the user wants to have. */
export const insertChallengeOfUser = statement((given: Given<NewChallenge & { userId: string; userVersion: number }>) =>
  insert(given, {
    ...ofUser,
    where: sql`users.id = ${given.userId} AND users.version = ${given.userVersion} AND users.disabled_at IS NULL
        AND ${isFree({ email: given.email, userId: given.userId, at: given.at })}`,
  }),
);

/** For an address that is free. */
export const insertChallengeOfNobody = statement((given: Given<NewChallenge>) =>
  insert(given, {
    userId: sql`NULL`,
    userVersion: sql`0`,
    from: sql``,
    where: isFree({ email: given.email, userId: sql`NULL`, at: given.at }),
  }),
);
