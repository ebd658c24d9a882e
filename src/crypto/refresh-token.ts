import { base64url } from 'jose';
import { decodeSecret, deriveKey, hmacSha256 } from './secret.ts';

/** The login that a refresh token continues, and how many tokens of that login came before it. */
export type RefreshTokenParts = { sessionId: string; generation: number };

const PURPOSE = 'latchkey refresh token v1';

/**
 * The refresh token of `parts`: `<session id>.<generation>.<MAC>`, the MAC being HMAC-SHA256 over what precedes its dot,
 * in base64url, under a key derived from `secretKey` (base64). The same parts give the same token: nothing of it is stored.
 */
export async function sealRefreshToken(
  { sessionId, generation }: RefreshTokenParts,
  secretKey: string,
): Promise<string> {
  const body = `${sessionId}.${generation}`;
  const key = await deriveKey(decodeSecret(secretKey), PURPOSE);
  return `${body}.${base64url.encode(await hmacSha256(key, new TextEncoder().encode(body)))}`;
}
