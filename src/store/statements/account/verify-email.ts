import { sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { users } from '../../tables/users.ts';
import { type Redeemed, userOf } from './challenge-state.ts';

/** What follows the redemption of a verification. The first one counts: it alone changes the row. */
export const verifyEmail = statement((given: Given<Redeemed & { at: Date }>) =>
  build
    .update(users)
    .set({ emailVerifiedAt: sql`${given.at}` })
    .where(sql`${users.id} = ${userOf(given)} AND ${users.emailVerifiedAt} IS NULL`),
);
