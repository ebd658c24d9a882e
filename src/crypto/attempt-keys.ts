import { base64url } from 'jose';
import { deriveHmacKey, hmacSha256 } from './secret.ts';

const PURPOSE = 'latchkey login attempts v1';

/**
 * The keys that login attempts are counted under: the account and the network together, and each alone. A pair begins with
 * the key of its account and a dot, so that all rows of an account can be found.
 */
export type AttemptKeys = { pair: string; account: string; network: string };

/**
 * The keys for the account with the canonical address `email` and for `network`. Each is an HMAC-SHA256 in base64url,
 * under a key derived from `secretKey` (base64), so a reader of the table learns neither addresses nor networks.
 */
export async function deriveAttemptKeys(email: string, network: string, secretKey: string): Promise<AttemptKeys> {
  const [pair, account, byNetwork] = await Promise.all([
    macOf(secretKey, 'pair', email, network),
    macOf(secretKey, 'account', email),
    deriveNetworkKey(network, secretKey),
  ]);
  return { pair: `${account}.${pair}`, account, network: byNetwork };
}

/** The key that attempts at codes of the account with `accountKey` are counted under. It begins as the key of a pair does. */
export const codesKeyOf = (accountKey: string): string => `${accountKey}.codes`;

/** The key that login attempts from `network` are counted under, as above. */
export async function deriveNetworkKey(network: string, secretKey: string): Promise<string> {
  return macOf(secretKey, 'network', network);
}

async function macOf(secretKey: string, ...parts: string[]): Promise<string> {
  const key = await deriveHmacKey(secretKey, PURPOSE);
  return base64url.encode(await hmacSha256(key, new TextEncoder().encode(JSON.stringify(parts))));
}

/** The key that login attempts at the account with the canonical address `email` are counted under, as above. */
export async function deriveAccountKey(email: string, secretKey: string): Promise<string> {
  return (await deriveAttemptKeys(email, '', secretKey)).account;
}

/**
 * The key that mails to the canonical address `email` are counted under: an HMAC-SHA256 in base64url, as above, under a
 * key of its own.
 */
export async function deriveMailKey(email: string, secretKey: string): Promise<string> {
  const key = await deriveHmacKey(secretKey, 'latchkey mail requests v1');
  return base64url.encode(await hmacSha256(key, new TextEncoder().encode(email)));
}
