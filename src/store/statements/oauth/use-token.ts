import { build } from '../../build.ts';
import { sql } from 'drizzle-orm';
import { type Given, statement } from '../../statement.ts';
import { usedTokens } from '../../tables/used-tokens.ts';

/** Uses up the token `id`, which expires at `expiresAt`. Returns the id unless it was used before. */
export const useToken = statement(({ id, expiresAt }: Given<{ id: string; expiresAt: Date }>) =>
  build
    .insert(usedTokens)
    .select(sql`SELECT ${id}, ${expiresAt} WHERE true`)
    .onConflictDoNothing()
    .returning({ id: usedTokens.id }),
);
