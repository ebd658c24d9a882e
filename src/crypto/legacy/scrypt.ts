import { bytesOfText } from './forms/bytes.ts';
import type { ScryptHash } from './legacy-hash.ts';

/** `length` bytes that scrypt (RFC 7914) derives from `password` in UTF-8. It takes 128 N r bytes of memory. */
export async function scrypt(
  password: string,
  { N, r, p, salt, length = 64 }: Omit<ScryptHash, 'derived'> & { length?: number },
): Promise<Uint8Array> {
  const { scryptSync } = await import('node:crypto');
  // The p blocks beside the main memory count, too.
  const maxmem = 128 * r * (N + p + 2) + 2 ** 20;
  return new Uint8Array(scryptSync(bytesOfText(password), salt, length, { N, r, p, maxmem }));
}
