import { sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { clients } from '../../tables/clients.ts';

/** Appends `secret`, which is JSON, to the secrets of the client if it has fewer than `most`. Returns the client if so. */
export const addSecret = statement(({ id, secret, most }: Given<{ id: string; secret: string; most: number }>) =>
  build
    .update(clients)
    .set({ secrets: sql`json_insert(clients.secrets, '$[#]', json(${secret}))` })
    .where(sql`clients.id = ${id} AND json_array_length(clients.secrets) < ${most}`)
    .returning(),
);

/** Takes away the secret `secretId` of the client and counts up its version. Returns the client if it had the secret. */
export const deleteSecret = statement(({ id, secretId }: Given<{ id: string; secretId: string }>) =>
  build
    .update(clients)
    .set({
      secrets: sql`(SELECT json_group_array(json(secret.value)) FROM json_each(clients.secrets) AS secret
        WHERE json_extract(secret.value, '$.id') <> ${secretId})`,
      version: sql`${clients.version} + 1`,
    })
    .where(
      sql`clients.id = ${id} AND EXISTS (SELECT 1 FROM json_each(clients.secrets) AS secret
        WHERE json_extract(secret.value, '$.id') = ${secretId})`,
    )
    .returning(),
);
