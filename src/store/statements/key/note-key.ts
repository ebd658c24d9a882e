import { sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { apiKeys } from '../../tables/api-keys.ts';
import { isDue, type Note } from '../note.ts';

/** Notes a use of the key. */
export const noteUse = statement((given: Given<Note>) =>
  build
    .update(apiKeys)
    .set({ lastUsedAt: sql`${given.at}` })
    .where(sql`${apiKeys.id} = ${given.id} AND ${isDue(apiKeys.lastUsedAt, given)}`),
);

/** Notes that somebody presented the key with a wrong secret. */
export const noteRefusal = statement((given: Given<Note>) =>
  build
    .update(apiKeys)
    .set({ lastRefusedAt: sql`${given.at}` })
    .where(sql`${apiKeys.id} = ${given.id} AND ${isDue(apiKeys.lastRefusedAt, given)}`),
);
