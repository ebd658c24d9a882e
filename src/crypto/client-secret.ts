import { base64url } from 'jose';

/**
 * A client of `/oauth/`: its id, and the SHA-256 of its secret in base64url. While a secret is replaced, its client has
 * two.
 */
export type ClientCredential = { id: string; secretHash: string };

const SECRET_BYTES = 32;

/** A new secret in base64url, and its SHA-256 in base64url. */
export async function makeClientSecret(): Promise<{ secret: string; hash: string }> {
  const secret = base64url.encode(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)));
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(secret));
  return { secret, hash: base64url.encode(new Uint8Array(digest)) };
}

/**
 * Whether `credentials` has this `secret` for the client `id`. Compares it with every credential, in constant time. One
 * fast hash is enough, because a secret is 32 random bytes and not a password.
 */
export async function isClientSecret(
  { id, secret }: { id: string; secret: string },
  credentials: ClientCredential[],
): Promise<boolean> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(secret));
  const matches = credentials.map(
    (credential) =>
      crypto.subtle.timingSafeEqual(base64url.decode(credential.secretHash), digest) && credential.id === id,
  );
  return matches.includes(true);
}
