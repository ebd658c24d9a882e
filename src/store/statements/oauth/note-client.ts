import { sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { clients } from '../../tables/clients.ts';

/** A client, what happens at `at`, and the last time that is too long ago: what was noted after it stays. */
type Note = { id: string; at: Date; before: Date };

/** Notes that the client got an access token, unless a use after `before` is noted. */
export const noteUse = statement(({ id, at, before }: Given<Note>) =>
  build
    .update(clients)
    .set({ lastUsedAt: sql`${at}` })
    .where(sql`clients.id = ${id} AND (clients.last_used_at IS NULL OR clients.last_used_at <= ${before})`),
);

/** Notes that somebody failed to be the client, unless a refusal after `before` is noted. */
export const noteRefusal = statement(({ id, at, before }: Given<Note>) =>
  build
    .update(clients)
    .set({ lastRefusedAt: sql`${at}` })
    .where(sql`clients.id = ${id} AND (clients.last_refused_at IS NULL OR clients.last_refused_at <= ${before})`),
);
