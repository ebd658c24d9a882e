import type { Database } from './database.ts';
import { deleteOperatorTokens } from './statements/admin/delete-operator-tokens.ts';
import { useOperatorToken } from './statements/admin/use-operator-token.ts';

export type OperatorTokens = ReturnType<typeof createOperatorTokens>;

/** Operator tokens that were used. Every method is one round trip, and rejects with `StorageFailure`. */
export function createOperatorTokens(database: Database) {
  return {
    /** Uses up the token `id`, which expires at `expiresAt`. Returns `false` when it was used before. */
    async use(id: string, expiresAt: Date): Promise<boolean> {
      return (await database.run(useOperatorToken({ id, expiresAt }))).length === 1;
    },

    /** Deletes up to `limit` tokens that have expired at `at`, and returns how many. */
    async forget(at: Date, limit: number): Promise<number> {
      return (await database.run(deleteOperatorTokens({ at, limit }))).length;
    },
  };
}
