import { MAX_ITERATIONS_PER_CALL, pbkdf2 } from '../pbkdf2.ts';
import { bytesOfText } from './forms/bytes.ts';
import type { Pbkdf2Hash } from './legacy-hash.ts';

/**
 * Whether PBKDF2-HMAC-SHA256 derives from `password` what `hash` has. Web Crypto takes 100,000 iterations at most, and
 * more cannot be split into several calls, so WebAssembly runs them.
 */
export async function verifyPbkdf2(password: string, { iterations, salt, derived }: Pbkdf2Hash): Promise<boolean> {
  const secret = bytesOfText(password);
  const candidate =
    iterations > MAX_ITERATIONS_PER_CALL
      ? await deriveInWasm(secret, salt, iterations)
      : await pbkdf2(secret, salt, iterations);
  return crypto.subtle.timingSafeEqual(candidate, derived);
}

async function deriveInWasm(secret: Uint8Array, salt: Uint8Array, iterations: number): Promise<Uint8Array> {
  const [{ default: module }, { pbkdf2Sha256 }] = await Promise.all([
    import('./pbkdf2.wasm'),
    import('./pbkdf2-wasm.ts'),
  ]);
  return pbkdf2Sha256(module, { secret, salt, iterations });
}
