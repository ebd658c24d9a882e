import { CompactSign, compactVerify, type CryptoKey, importJWK, type JSONWebKeySet, type JWK } from 'jose';

type SigningKey = { kid: string; alg: string; key: CryptoKey };

/**
 * The imported keys of a private JWKS. `signer` is the first, `verifiers` are all, `publicJwks` holds their public
 * halves.
 */
export type SigningKeys = { signer: SigningKey; verifiers: SigningKey[]; publicJwks: JSONWebKeySet };

/** How many seconds others may cache the public keys. A new key must be published for as long before it signs. */
export const JWKS_MAX_AGE_SECONDS = 600;

let imported: { jwks: string; keys: SigningKeys } | undefined;

/**
 * Imports `jwks`, a private JWKS (RFC 7517, section 5) as text. Caches the keys of the last text, because an import
 * costs more than a signature. Throws an error of `JSON.parse`, `jose` or Web Crypto when a key is malformed, is too
 * short (RFC 7518, section 3.3), or has halves that do not match.
 */
export async function importSigningKeys(jwks: string): Promise<SigningKeys> {
  if (imported?.jwks !== jwks) imported = { jwks, keys: await importAll(parse(jwks)) };
  return imported.keys;
}

function parse(jwks: string): JSONWebKeySet {
  const set: unknown = JSON.parse(jwks);
  if (!isKeySet(set)) throw new TypeError('a JWKS is an object with an array of keys');
  return set;
}

/** Checks only the outer shape. The import checks each key. */
function isKeySet(set: unknown): set is JSONWebKeySet {
  return typeof set === 'object' && set !== null && 'keys' in set && Array.isArray(set.keys);
}

async function importAll({ keys }: JSONWebKeySet): Promise<SigningKeys> {
  const pairs = await Promise.all(keys.map(importPair));
  const [first] = pairs;
  if (first === undefined) throw new TypeError('a JWKS without keys cannot sign');
  return {
    signer: first.signer,
    verifiers: pairs.map(({ verifier }) => verifier),
    publicJwks: { keys: keys.map(publicHalf) },
  };
}

/** Imports both halves of a key, and proves that they match: the public half verifies what the private half signs. */
async function importPair(jwk: JWK) {
  const [signer, verifier] = await Promise.all([importKey(jwk), importKey(publicHalf(jwk))]);
  const signature = await new CompactSign(new Uint8Array()).setProtectedHeader({ alg: signer.alg }).sign(signer.key);
  await compactVerify(signature, verifier.key);
  return { signer, verifier };
}

async function importKey(jwk: JWK): Promise<SigningKey> {
  const { kid, alg } = jwk;
  if (kid === undefined || alg === undefined) throw new TypeError('a signing key names its kid and alg');
  const key = await importJWK(jwk, alg);
  if (key instanceof Uint8Array) throw new TypeError('a signing key is not symmetric');
  return { kid, alg, key };
}

/**
 * Only the members that RFC 7518, section 6, and RFC 8037 call public. A member that is not in this list cannot leak.
 */
function publicHalf({ kty, kid, alg, crv, x, y, n, e }: JWK): JWK {
  const members = { kty, kid, alg, crv, x, y, n, e, use: 'sig' };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
