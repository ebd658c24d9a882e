import { base64url } from 'jose';
import { splitPbkdf2 } from './pbkdf2.ts';
import { decodeSecret, hmacSha256 } from './secret.ts';

/** What a new hash is made with. The first pepper is applied to new hashes, the others only verify; none is allowed. */
export type HashingParameters = { iterations: number; peppers: { id: string; key: string }[] };

type PasswordHash = { iterations: number; pepperId: string; salt: Uint8Array; hash: Uint8Array };

/** A stored hash that no password can be verified against: it is not of this service, or its pepper is gone. */
export class UnverifiableHashError extends Error {
  override readonly name = 'UnverifiableHashError';
}

const SCHEME = 'pbkdf2-sha256-split';
const SALT_BYTES = 16;
const FORMAT = /^\$pbkdf2-sha256-split\$i=(\d{1,8}),p=([a-z0-9-]{0,16})\$([\w-]{22})\$([\w-]{43})$/;

/**
 * A new hash of `password`, with 16 random bytes of salt, as `$pbkdf2-sha256-split$i=<iterations>,p=<pepper id>$<salt>$<hash>`
 * (the last two in base64url; `p=` when no pepper is in force). Source: NIST SP 800-63B-4, section 3.1.1.2; OWASP's
 * Password Storage Cheat Sheet.
 */
export async function hashPassword(password: string, parameters: HashingParameters): Promise<string> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const hash = await derive(password, { salt, iterations: parameters.iterations, pepper: parameters.peppers[0] });
  const inForce = `i=${parameters.iterations},p=${parameters.peppers[0]?.id ?? ''}`;
  return `$${SCHEME}$${inForce}$${base64url.encode(salt)}$${base64url.encode(hash)}`;
}

/**
 * Whether `password` is the one that `stored` was made of. Costs the iterations of a new hash, also when `stored` was made
 * with fewer or is `undefined` (no such user), so that the work does not tell users apart; of one that was made with more,
 * it costs those.
 * Throws `UnverifiableHashError`.
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

/** Whether `stored` was made with other parameters than a new hash would be. */
export function needsRehash(stored: string, parameters: HashingParameters): boolean {
  const { iterations, pepperId } = parse(stored);
  return iterations !== parameters.iterations || pepperId !== (parameters.peppers[0]?.id ?? '');
}

/** NFKC, then HMAC-SHA256 under the pepper where there is one, then the stretching. */
async function derive(
  password: string,
  { salt, iterations, pepper }: { salt: Uint8Array; iterations: number; pepper: { key: string } | undefined },
): Promise<Uint8Array> {
  const normalized = new TextEncoder().encode(password.normalize('NFKC'));
  return splitPbkdf2(pepper ? await hmacSha256(decodeSecret(pepper.key), normalized) : normalized, salt, iterations);
}

function parse(stored: string): PasswordHash {
  const [, iterations, pepperId, salt, hash] = FORMAT.exec(stored) ?? [];
  if (iterations === undefined || pepperId === undefined || salt === undefined || hash === undefined) {
    throw new UnverifiableHashError('a stored password hash is not in the format of this service');
  }
  return { iterations: Number(iterations), pepperId, salt: base64url.decode(salt), hash: base64url.decode(hash) };
}
