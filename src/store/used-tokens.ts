import type { Database } from './database.ts';
import { deleteUsedTokens } from './statements/oauth/delete-used-tokens.ts';
import { useToken } from './statements/oauth/use-token.ts';

export type UsedTokens = ReturnType<typeof createUsedTokens>;

/** Tokens that are good for one request, and were used. Every method is one round trip, and rejects with `StorageFailure`. */
export function createUsedTokens(database: Database) {
  return {
    /** Uses up the token `id`, which expires at `expiresAt`. Returns `false` when it was used before. */
    async use(id: string, expiresAt: Date): Promise<boolean> {
      return (await database.run(useToken({ id, expiresAt }))).length === 1;
    },

    /** Deletes up to `limit` tokens that have expired at `at`, and returns how many. */
    async forget(at: Date, limit: number): Promise<number> {
      return (await database.run(deleteUsedTokens({ at, limit }))).length;
    },
  };
}
