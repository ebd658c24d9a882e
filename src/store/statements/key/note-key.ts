import { sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { apiKeys } from '../../tables/api-keys.ts';

/** What happened to the API key `id` at `at`. It is noted if the last time that is noted was at `due` or before. */
export type KeyNote = { id: string; at: Date; due: Date };

/** Notes a use of the key. */
export const noteUse = statement(({ id, at, due }: Given<KeyNote>) =>
  build
    .update(apiKeys)
    .set({ lastUsedAt: sql`${at}` })
    .where(sql`${apiKeys.id} = ${id} AND coalesce(${apiKeys.lastUsedAt}, 0) <= ${due}`),
);

/** Notes that somebody presented the key with a wrong secret. */
export const noteRefusal = statement(({ id, at, due }: Given<KeyNote>) =>
  build
    .update(apiKeys)
    .set({ lastRefusedAt: sql`${at}` })
    .where(sql`${apiKeys.id} = ${id} AND coalesce(${apiKeys.lastRefusedAt}, 0) <= ${due}`),
);
