import { base64url } from 'jose';
import { deriveHmacKey, hmacSha256, verifyHmacSha256 } from './secret.ts';

/** The two spare bits in the last of the MAC's 43 characters must be zero, so that a token has one spelling. */
const FORMAT = /^([0-9a-f-]{36})\.([\w-]{42}[AEIMQUYcgkosw048])$/;

const CODE_DIGITS = 8;

/**
 * The token `<challenge id>.<MAC>` for one `purpose`. The MAC is the HMAC-SHA256 of the id in base64url, under a key
 * derived from `secretKey` (base64) for that purpose. The same challenge always gives the same token, so no token is
 * stored.
 */
export async function signMailedToken(id: string, purpose: string, secretKey: string): Promise<string> {
  return `${id}.${base64url.encode(await hmacSha256(await tokenKey(purpose, secretKey), bytesOf(id)))}`;
}

/** The challenge id of `token`, or `undefined` when it was not signed for `purpose`. Compares in constant time. */
export async function verifyMailedToken(
  token: string,
  purpose: string,
  secretKey: string,
): Promise<string | undefined> {
  const [, id, mac] = FORMAT.exec(token) ?? [];
  if (id === undefined || mac === undefined) return undefined;
  const isSigned = await verifyHmacSha256(base64url.decode(mac), await tokenKey(purpose, secretKey), bytesOf(id));
  return isSigned ? id : undefined;
}

/**
 * The code of the challenge `id`: eight digits of another MAC, under a key of its own. A code that is guessed tells
 * nothing about the token. NIST SP 800-63B-4, section 4.2.1.2, asks for six digits at least.
 */
export async function mailedCode(id: string, purpose: string, secretKey: string): Promise<string> {
  const mac = await hmacSha256(await deriveHmacKey(secretKey, `latchkey mailed code v1 ${purpose}`), bytesOf(id));
  const number = new DataView(mac.buffer).getBigUint64(0) % 10n ** BigInt(CODE_DIGITS);
  return String(number).padStart(CODE_DIGITS, '0');
}

/** Whether `code` is the code of the challenge `id`. Without an id it is not, at the same cost. Constant time. */
export async function isMailedCode(
  code: string,
  { id, purpose }: { id: string | undefined; purpose: string },
  secretKey: string,
): Promise<boolean> {
  const expected = bytesOf(await mailedCode(id ?? '', purpose, secretKey));
  const presented = bytesOf(code);
  return presented.length === expected.length && crypto.subtle.timingSafeEqual(presented, expected) && id !== undefined;
}

const bytesOf = (text: string) => new TextEncoder().encode(text);

const tokenKey = (purpose: string, secretKey: string) =>
  deriveHmacKey(secretKey, `latchkey mailed token v1 ${purpose}`);
