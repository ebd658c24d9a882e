/**
 * The most iterations that production Workers allow in one call. Local workerd has no such limit, so `pbkdf2` enforces
 * it. It is a part of the hash scheme: with another number, stored hashes of more iterations would no longer verify.
 */
export const MAX_ITERATIONS_PER_CALL = 100_000;

const KEY_BYTES = 32;

/**
 * PBKDF2-HMAC-SHA256 (RFC 8018, section 5.2) in one Web Crypto call: 32 bytes.
 * Throws `RangeError` above 100,000 iterations, in every environment.
 */
export async function pbkdf2(secret: BufferSource, salt: BufferSource, iterations: number): Promise<Uint8Array> {
  if (iterations > MAX_ITERATIONS_PER_CALL) {
    throw new RangeError(`PBKDF2 takes at most ${MAX_ITERATIONS_PER_CALL} iterations a call`);
  }
  const key = await crypto.subtle.importKey('raw', secret, 'PBKDF2', false, ['deriveBits']);
  const bits = await crypto.subtle.deriveBits(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations },
    key,
    KEY_BYTES * 8,
  );
  return new Uint8Array(bits);
}

/**
 * PBKDF2 in as many calls as `iterations` takes. Each call but the last runs `MAX_ITERATIONS_PER_CALL`, all use the
 * same salt, and the 32 bytes of one call are the secret of the next. This costs as much as one call of `iterations`.
 * Above the limit its output differs from that call's, so a hash names this scheme.
 */
export async function splitPbkdf2(secret: BufferSource, salt: BufferSource, iterations: number): Promise<Uint8Array> {
  const first = Math.min(iterations, MAX_ITERATIONS_PER_CALL);
  const derived = await pbkdf2(secret, salt, first);
  return iterations > first ? splitPbkdf2(derived, salt, iterations - first) : derived;
}
