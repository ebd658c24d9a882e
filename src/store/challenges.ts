import type { Database } from './database.ts';

export type Challenges = ReturnType<typeof createChallenges>;

/** Challenges, and what redeeming them allows. Every method is one round trip, and rejects with `StorageFailure`. */
export function createChallenges(_database: Database) {
  return {};
}
