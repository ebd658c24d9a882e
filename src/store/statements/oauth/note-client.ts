import { sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { clients } from '../../tables/clients.ts';
import { isDue, type Note } from '../note.ts';

/** Notes that the client got an access token. */
export const noteUse = statement((given: Given<Note>) =>
  build
    .update(clients)
    .set({ lastUsedAt: sql`${given.at}` })
    .where(sql`${clients.id} = ${given.id} AND ${isDue(clients.lastUsedAt, given)}`),
);

/** Notes that somebody failed to be the client. */
export const noteRefusal = statement((given: Given<Note>) =>
  build
    .update(clients)
    .set({ lastRefusedAt: sql`${given.at}` })
    .where(sql`${clients.id} = ${given.id} AND ${isDue(clients.lastRefusedAt, given)}`),
);
