import { env } from 'cloudflare:workers';
import { addKeys } from './api-keys.ts';
import { sql } from './database.ts';
import type { DeclaredRoute } from './declared-routes.ts';

/** A client of the database, and the id of its only secret. */
export const storedClient = { id: 'billing', secretId: '7d1f2c3b-4a59-4e68-8b7a-6c5d4e3f2a10', version: 7 };

/** Stores `storedClient`, or the same under another id. No entry of KV ends its access tokens. */
export async function storeClient(id = storedClient.id): Promise<void> {
  const { secretId, version } = storedClient;
  const secrets = JSON.stringify([{ id: secretId, hash: 'A'.repeat(43), createdAt: 1_700_000_000_000 }]);
  await sql(
    `INSERT INTO clients (id, name, scopes, secrets, version, created_at) VALUES (?, 'Billing', '["a","b"]', ?, ?, 0)`,
    id,
    secrets,
    version,
  );
  await env.DENYLIST.delete(`sub:${id}`);
}

/** The API keys of a user and of `storedClient`. */
const KEY_OF_USER = `u${'1'.padStart(15, '0')}`;
const KEY_OF_CLIENT = `c${'1'.padStart(15, '0')}`;

/** Stores an API key of the user and one of `storedClient`. */
export async function storeKeys(userId: string): Promise<void> {
  await addKeys(1, { column: 'user_id', id: userId }, { prefix: 'u' });
  await addKeys(1, { column: 'client_id', id: storedClient.id }, { prefix: 'c' });
}

/** Gives `storedClient` a second secret. */
export const storeSecondSecret = () =>
  sql(`UPDATE clients SET secrets = json_insert(secrets, '$[#]', json_extract(secrets, '$[0]'))`);

/** Whether administrators manage clients by the route, and its `id` is that of a client. */
export const isOfClients = ({ path }: Pick<DeclaredRoute, 'path'>): boolean => path.startsWith('/admin/clients');

/**
 * The ids in the path of `route`: those of `storedClient`; on other routes of administrators, those of a user, of a session
 * and of an API key; or else that of an API key or of a session.
 */
export function idsFor(
  route: Pick<DeclaredRoute, 'path'>,
  { userId, sessionId }: { userId: string; sessionId: string },
): { id: string; session?: string; secret?: string; key?: string } {
  if (isOfClients(route)) return { id: storedClient.id, secret: storedClient.secretId, key: KEY_OF_CLIENT };
  if (route.path.startsWith('/admin/')) return { id: userId, session: sessionId, key: KEY_OF_USER };
  return { id: route.path.startsWith('/auth/keys') ? KEY_OF_USER : sessionId };
}
