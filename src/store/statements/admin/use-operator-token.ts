import { build } from '../../build.ts';
import { sql } from 'drizzle-orm';
import { type Given, statement } from '../../statement.ts';
import { operatorTokens } from '../../tables/operator-tokens.ts';

/** Uses up the operator token `id`, which expires at `expiresAt`. Returns the id unless it was used before. */
export const useOperatorToken = statement(({ id, expiresAt }: Given<{ id: string; expiresAt: Date }>) =>
  build
    .insert(operatorTokens)
    .select(sql`SELECT ${id}, ${expiresAt} WHERE true`)
    .onConflictDoNothing()
    .returning({ id: operatorTokens.id }),
);
