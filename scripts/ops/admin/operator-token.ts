import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import type { SigningKeys } from '../../../src/crypto/signing-keys.ts';

/** The service allows 300. Each token is for one request, made at once by a clock that may be a minute behind. */
const TTL_SECONDS = 120;

/**
 * An operator token for one request to the service that `issuer` names. The key that signs access tokens signs it; the
 * type and the audience tell them apart.
 */
export function makeOperatorToken({ signer }: SigningKeys, issuer: string, now = new Date()): Promise<string> {
  const issuedAt = Math.floor(now.getTime() / 1000);
  return new SignJWT()
    .setProtectedHeader({ alg: signer.alg, kid: signer.kid, typ: 'operator+jwt' })
    .setIssuer(issuer)
    .setAudience(`${issuer}/admin`)
    .setSubject('operator')
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + TTL_SECONDS)
    .setJti(randomUUID())
    .sign(signer.key);
}
