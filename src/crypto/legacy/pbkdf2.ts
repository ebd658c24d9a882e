import { MAX_ITERATIONS_PER_CALL, pbkdf2 } from '../pbkdf2.ts';
import { loadPbkdf2 } from '../modules/load-pbkdf2.ts';
import { bytesOfText } from './forms/bytes.ts';
import type { Pbkdf2Hash } from './legacy-hash.ts';
import { pbkdf2Sha256 } from './pbkdf2-wasm.ts';

/**
 * PBKDF2-HMAC-SHA256 of `password` in UTF-8: 32 bytes. Web Crypto takes 100,000 iterations at most, and more cannot be
 * split into several calls, so WebAssembly runs them.
 */
export async function anyPbkdf2(
  password: string,
  { iterations, salt }: Pick<Pbkdf2Hash, 'iterations' | 'salt'>,
): Promise<Uint8Array> {
  const secret = bytesOfText(password);
  if (iterations <= MAX_ITERATIONS_PER_CALL) return pbkdf2(secret, salt, iterations);
  const { default: module } = await loadPbkdf2();
  return pbkdf2Sha256(module, { secret, salt, iterations });
}
