import { createHash, createHmac } from 'node:crypto';
import { join } from 'node:path';

/** The class of Durable Objects in which miniflare keeps D1 databases. */
const CLASS = 'miniflare-D1DatabaseObject';

/**
 * The SQLite file of the local D1 database `id` in the state directory `state`. wrangler does not tell, so this derives
 * the name as miniflare does. Whoever uses it must do without: another version of wrangler may name it differently.
 */
export function localD1File(state: string, id: string): string {
  const key = createHash('sha256').update(CLASS).digest();
  const hmac = (data: string | Buffer) => createHmac('sha256', key).update(data).digest().subarray(0, 16);
  const name = hmac(id);
  return join(state, 'v3', 'd1', CLASS, `${Buffer.concat([name, hmac(name)]).toString('hex')}.sqlite`);
}
