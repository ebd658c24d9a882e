import { type SQL, sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { challenges, type Purpose } from '../../tables/challenges.ts';
import { hasLiveCode } from './challenge-state.ts';

/**
 * Counts an attempt at the code of the newest challenge that `condition` selects, and returns the challenge. Attempts
 * are counted before the code is compared, so simultaneous attempts get no further than successive ones.
 */
function count(purpose: SQL, at: SQL, condition: SQL) {
  const newest = sql`SELECT challenges.id FROM challenges
    WHERE ${condition} AND challenges.purpose = ${purpose} AND ${hasLiveCode(at)} ORDER BY challenges.id DESC LIMIT 1`;
  return build
    .update(challenges)
    .set({ attempts: sql`${challenges.attempts} + 1` })
    .where(sql`${challenges.id} = (${newest})`)
    .returning({ id: challenges.id, email: challenges.email });
}

/** By address, for somebody who is not logged in. */
export const countCodeOfAddress = statement(
  ({ purpose, at, email }: Given<{ purpose: Purpose; at: Date; email: string }>) =>
    count(sql`${purpose}`, sql`${at}`, sql`challenges.email = ${email}`),
);

/** For the user `userId`. */
export const countCodeOfUser = statement(
  ({ purpose, at, userId }: Given<{ purpose: Purpose; at: Date; userId: string }>) =>
    count(sql`${purpose}`, sql`${at}`, sql`challenges.user_id = ${userId}`),
);
