import { base64url } from 'jose';
import { decodeSecret, deriveKey, hmacSha256, isHmacSha256 } from './secret.ts';

/** The login that a refresh token continues, and how many tokens of that login came before it. */
export type RefreshTokenParts = { sessionId: string; generation: number };

const PURPOSE = 'latchkey refresh token v1';
/** The last of the 43 characters of a MAC has two spare bits, which are zero: a token has one spelling. */
const FORMAT = /^([0-9a-f-]{36})\.(0|[1-9]\d{0,14})\.([\w-]{42}[AEIMQUYcgkosw048])$/;

/**
 * The refresh token of `parts`: `<session id>.<generation>.<MAC>`, the MAC being HMAC-SHA256 over what precedes its dot,
 * in base64url, under a key derived from `secretKey` (base64). The same parts give the same token: nothing of it is stored.
 */
export async function sealRefreshToken(
  { sessionId, generation }: RefreshTokenParts,
  secretKey: string,
): Promise<string> {
  const body = `${sessionId}.${generation}`;
  const mac = await hmacSha256(await macKey(secretKey), new TextEncoder().encode(body));
  return `${body}.${base64url.encode(mac)}`;
}

/**
 * The parts of `token`; `undefined` when it was not sealed under `secretKey`. MACs are compared in constant time. Whether
 * the session lives, and the generation is in force, is not checked here.
 */
export async function openRefreshToken(token: string, secretKey: string): Promise<RefreshTokenParts | undefined> {
  const [, sessionId, generation, mac] = FORMAT.exec(token) ?? [];
  if (sessionId === undefined || generation === undefined || mac === undefined) return undefined;
  const body = new TextEncoder().encode(`${sessionId}.${generation}`);
  const isSealed = await isHmacSha256(base64url.decode(mac), await macKey(secretKey), body);
  return isSealed ? { sessionId, generation: Number(generation) } : undefined;
}

const macKey = (secretKey: string) => deriveKey(decodeSecret(secretKey), PURPOSE);
