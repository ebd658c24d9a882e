import { base64url } from 'jose';
import { deriveHmacKey, hmacSha256, verifyHmacSha256 } from './secret.ts';

/** What a refresh token says: its session, and how many tokens of that session came before it. */
export type RefreshTokenParts = { sessionId: string; generation: number };

const PURPOSE = 'latchkey refresh token v1';
/** The two spare bits in the last of the MAC's 43 characters must be zero, so that a token has one spelling. */
const FORMAT = /^([0-9a-f-]{36})\.(0|[1-9]\d{0,14})\.([\w-]{42}[AEIMQUYcgkosw048])$/;

/**
 * The refresh token `<session id>.<generation>.<MAC>`. The MAC is the HMAC-SHA256 of `<session id>.<generation>` in
 * base64url, under a key derived from `secretKey` (base64). The same parts always give the same token, so no token is
 * stored.
 */
export async function signRefreshToken(
  { sessionId, generation }: RefreshTokenParts,
  secretKey: string,
): Promise<string> {
  const body = `${sessionId}.${generation}`;
  const mac = await hmacSha256(await macKey(secretKey), new TextEncoder().encode(body));
  return `${body}.${base64url.encode(mac)}`;
}

/**
 * The parts of `token`, or `undefined` when it was not signed under `secretKey`. Compares MACs in constant time. Does
 * not check that the session is alive, or that the generation is the current one.
 */
export async function verifyRefreshToken(token: string, secretKey: string): Promise<RefreshTokenParts | undefined> {
  const [, sessionId, generation, mac] = FORMAT.exec(token) ?? [];
  if (sessionId === undefined || generation === undefined || mac === undefined) return undefined;
  const body = new TextEncoder().encode(`${sessionId}.${generation}`);
  const isSigned = await verifyHmacSha256(base64url.decode(mac), await macKey(secretKey), body);
  return isSigned ? { sessionId, generation: Number(generation) } : undefined;
}

const macKey = (secretKey: string) => deriveHmacKey(secretKey, PURPOSE);
