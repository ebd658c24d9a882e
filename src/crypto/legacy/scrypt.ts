import { bytesOfText } from './forms/bytes.ts';
import type { ScryptHash } from './legacy-hash.ts';

/** Whether scrypt derives from `password` what `hash` has. */
export async function verifyScrypt(password: string, { derived, ...parameters }: ScryptHash): Promise<boolean> {
  const candidate = await scrypt(password, { ...parameters, length: derived.length });
  return crypto.subtle.timingSafeEqual(candidate, derived);
}

/** `length` bytes that scrypt (RFC 7914) derives from `password` in UTF-8. It takes 128 N r bytes of memory. */
export async function scrypt(
  password: string,
  { N, r, p, salt, length }: Omit<ScryptHash, 'derived'> & { length: number },
): Promise<Uint8Array> {
  const { scryptSync } = await import('node:crypto');
  // Memory for p blocks, and for what is beside them, is counted too.
  const maxmem = 128 * r * (N + p + 2) + 2 ** 20;
  return new Uint8Array(scryptSync(bytesOfText(password), salt, length, { N, r, p, maxmem }));
}
