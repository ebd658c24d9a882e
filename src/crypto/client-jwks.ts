import { base64url, importJWK, type JWK } from 'jose';
import type { SIGNING_ALGS } from './bounds.ts';

/** A public key of a client, with the members that tell it and no other (RFC 7517, section 4). */
export type PublicJwk = {
  kid: string;
  kty: 'EC' | 'OKP' | 'RSA';
  alg: (typeof SIGNING_ALGS)[number];
  use: 'sig';
} & Pick<JWK, 'crv' | 'x' | 'y' | 'n' | 'e'>;

/** Public keys, or what is wrong with the key at `index`. */
export type ParsedJwks =
  { keys: PublicJwk[]; fault?: undefined } | { keys?: undefined; fault: { index: number; message: string } };

/** A key is identified by 1 to 128 printable characters. */
const KID = /^[\x21-\x7e]{1,128}$/;

/** The members of a private or symmetric key (RFC 7518, sections 6.2.2, 6.3.2 and 6.4). */
const PRIVATE = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'] as const;

const COORDINATE = /^[\w-]{43}$/;

/** 65537, the exponent of all RSA keys in use. Smaller ones have weakened signatures. */
const EXPONENT = 'AQAB';

/** RFC 7518, section 3.3, asks for 2048 bits. A longer key only costs more. */
const RSA_BITS = { least: 2048, most: 4096 };
const MODULUS = /^[\w-]{342,683}$/;

/** The keys of a client's JWKS as it was sent. Their ids are different, and Web Crypto can import each. */
export async function parseClientJwks(sent: readonly Readonly<Record<string, unknown>>[]): Promise<ParsedJwks> {
  const keys: PublicJwk[] = [];
  for (const [index, jwk] of sent.entries()) {
    const key = await parsePublicJwk(jwk);
    if (typeof key === 'string') return { fault: { index, message: key } };
    if (keys.some(({ kid }) => kid === key.kid)) return { fault: { index, message: 'Must have a kid of its own.' } };
    keys.push(key);
  }
  return { keys };
}

/** The keys of a JWKS that was stored as JSON. */
export function readClientJwks(stored: string): PublicJwk[] {
  const set: unknown = JSON.parse(stored);
  if (!isKeySet(set)) throw new TypeError('the JWKS of a client is an object with an array of keys');
  return set.keys;
}

/** The algorithm that `name` means. RFC 9864, section 2.2, gives EdDSA with the curve Ed25519 the name of the curve. */
export const algOf = (name: unknown): unknown => (name === 'Ed25519' ? 'EdDSA' : name);

/** Checks only the outer shape: `parseClientJwks` has made the keys. */
const isKeySet = (set: unknown): set is { keys: PublicJwk[] } =>
  typeof set === 'object' && set !== null && 'keys' in set && Array.isArray(set.keys);

/** A public key for one of our algorithms; a text that says what is wrong with it. */
async function parsePublicJwk(jwk: Readonly<Record<string, unknown>>): Promise<PublicJwk | string> {
  const { kid, alg, use } = jwk;
  if (PRIVATE.some((member) => member in jwk)) return 'Must be a public key. Keep the private one to yourself.';
  if (typeof kid !== 'string' || !KID.test(kid)) return 'Must have a kid of 1 to 128 printable characters.';
  if (use !== undefined && use !== 'sig') return 'Must be a key for signatures: use is sig.';
  const found = membersOf(jwk);
  if (typeof found === 'string') return found;
  if (alg !== undefined && algOf(alg) !== found.alg) return `Must have the alg ${found.alg}, or none.`;
  const key: PublicJwk = { kid, use: 'sig', ...found };
  const isKey = await importJWK({ ...key }, key.alg).then(
    () => true,
    () => false,
  );
  return isKey ? key : 'Must be a point on its curve, or a modulus: Web Crypto cannot import it.';
}

type Members = Omit<PublicJwk, 'kid' | 'use'>;

/** RFC 7518, sections 6.2.1 and 6.3.1; RFC 8037, section 2. */
function membersOf({ kty, crv, x, y, n, e }: Readonly<Record<string, unknown>>): Members | string {
  if (kty === 'EC' && crv === 'P-256') {
    if (!isText(x, COORDINATE) || !isText(y, COORDINATE)) return 'Must have the coordinates x and y of P-256.';
    return { kty, alg: 'ES256', crv, x, y };
  }
  if (kty === 'OKP' && crv === 'Ed25519') {
    if (!isText(x, COORDINATE)) return 'Must have the coordinate x of Ed25519.';
    return { kty, alg: 'EdDSA', crv, x };
  }
  if (kty !== 'RSA') return 'Must be a key for ES256 (EC, P-256), EdDSA (OKP, Ed25519) or RS256 (RSA).';
  const bits = isText(n, MODULUS) ? bitsOf(n) : 0;
  if (typeof n !== 'string' || e !== EXPONENT || bits < RSA_BITS.least || bits > RSA_BITS.most)
    return `Must have an n of ${RSA_BITS.least} to ${RSA_BITS.most} bits, and the e ${EXPONENT}.`;
  return { kty, alg: 'RS256', n, e };
}

const isText = (value: unknown, form: RegExp): value is string => typeof value === 'string' && form.test(value);

/** How long a number in base64url is, without leading zeros. */
function bitsOf(number: string): number {
  const [first = 0, ...others] = base64url.decode(number);
  return first === 0 ? 0 : others.length * 8 + 32 - Math.clz32(first);
}
