import { base64url } from 'jose';

/** A client of `/oauth/`: its id, and the SHA-256 of its secret in base64url. An id may stand more than once. */
export type ClientCredential = { id: string; secretHash: string };

/**
 * Whether `secret` is one of those that `credentials` have for the client `id`. Every credential is compared, in constant
 * time. One fast hash is enough, since secrets are 32 random bytes and nobody's password.
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
