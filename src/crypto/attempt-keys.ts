import { base64url } from 'jose';
import { decodeSecret, deriveKey, hmacSha256 } from './secret.ts';

const PURPOSE = 'latchkey login attempts v1';

/** What attempts to log in are counted by. */
export type AttemptKeys = { pair: string; account: string; network: string };

/**
 * Keys that stand for the account with the canonical address `email`, for `network`, and for both: HMAC-SHA256 in base64url,
 * under a key derived from `secretKey` (base64), so that who reads the table learns neither addresses nor networks from it.
 */
export async function sealAttemptKeys(email: string, network: string, secretKey: string): Promise<AttemptKeys> {
  const key = await deriveKey(decodeSecret(secretKey), PURPOSE);
  const seal = async (...parts: string[]) =>
    base64url.encode(await hmacSha256(key, new TextEncoder().encode(JSON.stringify(parts))));
  const [pair, account, byNetwork] = await Promise.all([
    seal('pair', email, network),
    seal('account', email),
    seal('network', network),
  ]);
  return { pair, account, network: byNetwork };
}
