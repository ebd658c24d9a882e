import { base64url } from 'jose';
import type { FirebaseParameters } from './legacy/firebase-parameters.ts';
import type { LegacyHash } from './legacy/legacy-hash.ts';
import { OWN_SCHEME, schemeOf } from './password-scheme.ts';
import { splitPbkdf2 } from './pbkdf2.ts';
import { decodeSecret, hmacSha256, importHmacKey } from './secret.ts';
import { toNfkc } from './unicode.ts';

/** How to make a new hash. It uses the first pepper, if there is one; the other peppers only verify older hashes. */
export type HashingParameters = { iterations: number; peppers: { id: string; key: string }[] };

/** Whether hashes of other systems are accepted, and what those of Firebase need. */
export type LegacyTerms = { areAccepted: boolean; firebase: FirebaseParameters | undefined };

/**
 * What a check of a password has come to. `legacy_hash_expired`: another system made the hash, and such hashes are no
 * longer accepted. `unverifiable_hash`: nobody can verify the hash.
 */
export type Verdict = 'right' | 'wrong' | 'legacy_hash_expired' | 'unverifiable_hash';

/**
 * A verdict, and a hash of this service of the same password, if one was made for the sake of its work: a login with the
 * right password stores it.
 */
export type Verification = { verdict: Verdict; newHash: string | undefined };

type PasswordHash = { iterations: number; pepperId: string; salt: Uint8Array; hash: Uint8Array };

/** A hash of this service names a pepper that the configuration does not have. */
export class MissingPepperError extends Error {
  override readonly name = 'MissingPepperError';
}

/** As many iterations as PBKDF2_ITERATIONS can ask for. */
const MAX_ITERATIONS = 10_000_000;

const SALT_BYTES = 16;
const FORMAT = /^\$pbkdf2-sha256-split\$i=(\d{1,8}),p=([a-z0-9-]{0,16})\$([\w-]{22})\$([\w-]{43})$/;

/**
 * Hashes `password` with 16 random bytes of salt, as `$pbkdf2-sha256-split$i=<iterations>,p=<pepper id>$<salt>$<hash>`.
 * Salt and hash are in base64url; the pepper id is empty without a pepper. Source: NIST SP 800-63B-4, section 3.1.1.2;
 * OWASP Password Storage Cheat Sheet.
 */
export async function hashPassword(password: string, parameters: HashingParameters): Promise<string> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const hash = await derive(password, { salt, iterations: parameters.iterations, pepper: parameters.peppers[0] });
  const inForce = `i=${parameters.iterations},p=${parameters.peppers[0]?.id ?? ''}`;
  return `$${OWN_SCHEME}$${inForce}$${base64url.encode(salt)}$${base64url.encode(hash)}`;
}

/**
 * Whether `stored` is a hash of `password`. Every verdict takes at least the iterations of a new hash, even when `stored`
 * has fewer or is `undefined` (no such user). A hash of another system costs its own work on top, for the right password
 * too: the account may have to wait or be disabled, and then the time must not tell a right guess. Throws
 * `MissingPepperError`.
 */
export async function verifyPassword(
  password: string,
  stored: string | undefined,
  parameters: HashingParameters,
  legacy: LegacyTerms,
): Promise<Verification> {
  const own = stored === undefined ? undefined : parseOwnHash(stored);
  if (own !== undefined) return { verdict: await verifyOwn(password, own, parameters), newHash: undefined };
  const verdict = stored === undefined ? 'wrong' : await verifyLegacy(password, stored, legacy);
  return { verdict, newHash: await hashPassword(password, parameters) };
}

/** Whether some password could log in with `stored`. */
export async function canVerify(stored: string, { peppers }: HashingParameters, legacy: LegacyTerms): Promise<boolean> {
  const own = parseOwnHash(stored);
  if (own === undefined) return typeof (await readLegacyHash(stored, legacy)) !== 'string';
  if (schemeOf(stored) === 'none') return false;
  return own.pepperId === '' || peppers.some(({ id }) => id === own.pepperId);
}

/** Whether a new hash would have another scheme or other parameters than `stored` has. */
export function needsRehash(stored: string, parameters: HashingParameters): boolean {
  const own = parseOwnHash(stored);
  return own?.iterations !== parameters.iterations || own.pepperId !== (parameters.peppers[0]?.id ?? '');
}

/** The parts of a hash that this service has made; `undefined` for any other text. */
export function parseOwnHash(stored: string): PasswordHash | undefined {
  const [, digits, pepperId, salt, hash] = FORMAT.exec(stored) ?? [];
  if (digits === undefined || pepperId === undefined || salt === undefined || hash === undefined) return undefined;
  const iterations = Number(digits);
  if (iterations < 1 || iterations > MAX_ITERATIONS) return undefined;
  return { iterations, pepperId, salt: base64url.decode(salt), hash: base64url.decode(hash) };
}

async function verifyOwn(
  password: string,
  { iterations, pepperId, salt, hash }: PasswordHash,
  parameters: HashingParameters,
): Promise<Verdict> {
  const pepper = parameters.peppers.find(({ id }) => id === pepperId);
  if (pepperId !== '' && pepper === undefined)
    throw new MissingPepperError('a password hash names a pepper that PASSWORD_PEPPER does not have');
  const derived = await derive(password, { salt, iterations, pepper });
  const missing = parameters.iterations - iterations;
  if (missing > 0) await splitPbkdf2(derived, salt, missing);
  return crypto.subtle.timingSafeEqual(hash, derived) ? 'right' : 'wrong';
}

async function verifyLegacy(password: string, stored: string, terms: LegacyTerms): Promise<Verdict> {
  const hash = await readLegacyHash(stored, terms);
  if (typeof hash === 'string') return hash;
  const { verifyLegacyHash } = await import('./legacy/verify.ts');
  return (await verifyLegacyHash(password, hash, terms.firebase)) ? 'right' : 'wrong';
}

/**
 * The parts of a hash that another system has made, or why no password can be compared with it. The code for such
 * hashes is loaded when the first of them is read.
 */
async function readLegacyHash(stored: string, { areAccepted, firebase }: LegacyTerms): Promise<LegacyHash | Verdict> {
  const scheme = schemeOf(stored);
  if (scheme === 'unknown' || scheme === OWN_SCHEME) return 'unverifiable_hash';
  if (!areAccepted) return 'legacy_hash_expired';
  if (scheme === 'firebase-scrypt' && firebase === undefined) return 'unverifiable_hash';
  const { parseLegacyHash } = await import('./legacy/parse.ts');
  const { UnsupportedHashError } = await import('./legacy/unsupported-hash.ts');
  try {
    return parseLegacyHash(stored);
  } catch (error) {
    if (!(error instanceof UnsupportedHashError)) throw error;
    return 'unverifiable_hash';
  }
}

/** NFKC, then HMAC-SHA256 under the pepper if there is one, then PBKDF2. */
async function derive(
  password: string,
  { salt, iterations, pepper }: { salt: Uint8Array; iterations: number; pepper: { key: string } | undefined },
): Promise<Uint8Array> {
  const normalized = new TextEncoder().encode(toNfkc(password));
  const secret = pepper ? await hmacSha256(await importHmacKey(decodeSecret(pepper.key)), normalized) : normalized;
  return splitPbkdf2(secret, salt, iterations);
}
