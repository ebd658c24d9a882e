import { type CryptoKey, importJWK, SignJWT } from 'jose';
import { basicCredentials } from '../verify/basic-credentials.ts';
import type { MachineOptions, PrivateKey } from './options.ts';

/** What proves to the token endpoint who asks: a header, or fields of the form. */
export type Proof = { headers: Record<string, string>; fields: Record<string, string> };

/** For RFC 7523: an assertion is used at once, by a machine whose clock may be a little off. */
const LIFE_SECONDS = 60;

const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Makes the proof of each attempt: `client_secret_basic`, or `private_key_jwt` with an assertion that is used once. */
export function proofOf(options: MachineOptions, now: () => Date): () => Promise<Proof> {
  const { url, clientId, clientSecret, privateKey } = options;
  if (privateKey === undefined) {
    const headers = { authorization: basicCredentials({ clientId, clientSecret }) };
    return async () => ({ headers, fields: {} });
  }
  let signer: Promise<CryptoKey> | undefined;
  return async () => {
    signer ??= importKey(privateKey);
    const seconds = Math.floor(now().getTime() / 1000);
    const client_assertion = await new SignJWT({ jti: crypto.randomUUID() })
      .setProtectedHeader({ alg: privateKey.alg, kid: privateKey.kid })
      .setIssuer(clientId)
      .setSubject(clientId)
      .setAudience(url)
      .setIssuedAt(seconds)
      .setExpirationTime(seconds + LIFE_SECONDS)
      .sign(await signer);
    return { headers: {}, fields: { client_id: clientId, client_assertion_type: ASSERTION, client_assertion } };
  };
}

/** Errors of the platform could repeat parts of the key, so none is passed on. */
async function importKey(key: PrivateKey): Promise<CryptoKey> {
  const imported = await importJWK(key, key.alg).catch(() => undefined);
  if (imported !== undefined && !(imported instanceof Uint8Array)) return imported;
  throw new TypeError('The privateKey cannot be used: is it a whole JWK, and is its alg that of the key?');
}
