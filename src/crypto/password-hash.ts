import { base64url } from 'jose';
import { splitPbkdf2 } from './pbkdf2.ts';
import { decodeSecret, hmacSha256, importHmacKey } from './secret.ts';
import { toNfkc } from './unicode.ts';

/** How to make a new hash. It uses the first pepper, if there is one; the other peppers only verify older hashes. */
export type HashingParameters = { iterations: number; peppers: { id: string; key: string }[] };

type PasswordHash = { iterations: number; pepperId: string; salt: Uint8Array; hash: Uint8Array };

/** A stored hash that cannot be verified: this service did not make it, or its pepper is missing. */
export class UnverifiableHashError extends Error {
  override readonly name = 'UnverifiableHashError';
}

const SCHEME = 'pbkdf2-sha256-split';
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
  return `$${SCHEME}$${inForce}$${base64url.encode(salt)}$${base64url.encode(hash)}`;
}

/**
 * Whether `stored` is a hash of `password`. Runs the iterations of a new hash at least, even when `stored` has fewer or
 * is `undefined` (no such user), so that the time does not tell users apart. Throws `UnverifiableHashError`.
 */
export async function verifyPassword(
  password: string,
  stored: string | undefined,
  parameters: HashingParameters,
): Promise<boolean> {
  if (stored === undefined) {
    await hashPassword(password, parameters);
    return false;
  }
  const { iterations, pepperId, salt, hash } = parse(stored);
  const pepper = parameters.peppers.find(({ id }) => id === pepperId);
  if (pepperId !== '' && pepper === undefined)
    throw new UnverifiableHashError('a password hash names a pepper that PASSWORD_PEPPER does not have');

  const derived = await derive(password, { salt, iterations, pepper });
  const missing = parameters.iterations - iterations;
  if (missing > 0) await splitPbkdf2(derived, salt, missing);
  return crypto.subtle.timingSafeEqual(hash, derived);
}

/** The hash of no known password: a hash of zeros. Verifying it costs what verifying another one costs. */
export const UNUSABLE_HASH = `$${SCHEME}$i=1,p=$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** The end of that hash. */
const ZEROS = /\$A{22}\$A{43}$/;

/** The scheme of `stored`: its first part, or `none` for a hash that no password has. */
export function schemeOf(stored: string): string {
  if (ZEROS.test(stored)) return 'none';
  return stored.split('$', 2)[1] ?? 'unknown';
}

/** Whether a new hash would have other parameters than `stored` has. */
export function needsRehash(stored: string, parameters: HashingParameters): boolean {
  const { iterations, pepperId } = parse(stored);
  return iterations !== parameters.iterations || pepperId !== (parameters.peppers[0]?.id ?? '');
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

function parse(stored: string): PasswordHash {
  const [, iterations, pepperId, salt, hash] = FORMAT.exec(stored) ?? [];
  if (iterations === undefined || pepperId === undefined || salt === undefined || hash === undefined) {
    throw new UnverifiableHashError('a stored password hash is not in the format of this service');
  }
  return { iterations: Number(iterations), pepperId, salt: base64url.decode(salt), hash: base64url.decode(hash) };
}
