import type { Attempt } from './attempt.ts';
import { sql } from './database.ts';
import { addPasskeys } from './stored-factors.ts';

/** A clock that is ahead. It moves, because the tests take minutes. */
const later = () => new Date(Date.now() + 700_000);

const makeAdmin = () => sql('UPDATE users SET admin = 1');

const ofBearers: Record<string, Omit<Attempt, 'applies'>> = {
  'comes from somebody who has authenticated too long ago': {
    isByUser: true,
    before: makeAdmin,
    options: { deps: { now: later } },
  },
  'comes from somebody with a passkey who has logged in without it': {
    isByUser: true,
    before: async () => {
      await makeAdmin();
      await addPasskeys();
    },
  },
};

/** Attempts at the routes that want a recent authentication. */
export const recentAttempts: Record<string, Attempt> = Object.fromEntries(
  Object.entries(ofBearers).map(([name, attempt]) => [
    name,
    { ...attempt, applies: ({ guard }) => guard === 'accessToken' || guard === 'operatorToken' },
  ]),
);
