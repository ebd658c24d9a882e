import { pbkdf2 } from '../pbkdf2.ts';

/** Where src/crypto/modules/pbkdf2.wat has the key, U1 and the result, in bytes. */
const KEY = { at: 288, bytes: 64 };
const BLOCK = { at: 416, bytes: 32 };

/** As many as a stored hash may have. */
const MAX_ITERATIONS = 2_000_000;

/**
 * PBKDF2-HMAC-SHA256 (RFC 8018, section 5.2) in `module`, the compiled pbkdf2.wasm: 32 bytes. Takes three times as long as
 * Web Crypto. Each call has a memory of its own and wipes it, so that nothing of the password stays. Throws `RangeError` when
 * `iterations` is not from 1 to 2,000,000.
 */
export async function pbkdf2Sha256(
  module: WebAssembly.Module,
  { secret, salt, iterations }: { secret: Uint8Array; salt: Uint8Array; iterations: number },
): Promise<Uint8Array> {
  if (!Number.isInteger(iterations) || iterations < 1 || iterations > MAX_ITERATIONS)
    throw new RangeError(`PBKDF2 in WebAssembly takes from 1 to ${MAX_ITERATIONS} iterations`);
  const key = secret.length > KEY.bytes ? new Uint8Array(await crypto.subtle.digest('SHA-256', secret)) : secret;
  const first = await pbkdf2(secret, salt, 1);

  const { memory, iterate } = exportsOf(new WebAssembly.Instance(module));
  const bytes = new Uint8Array(memory.buffer);
  try {
    bytes.set(key, KEY.at);
    bytes.set(first, BLOCK.at);
    swapWords(memory, KEY);
    swapWords(memory, BLOCK);
    iterate(iterations - 1);
    swapWords(memory, BLOCK);
    return bytes.slice(BLOCK.at, BLOCK.at + BLOCK.bytes);
  } finally {
    bytes.fill(0);
  }
}

/** Turns words of SHA-256, which are big-endian, into words of WebAssembly, which are little-endian, or back. */
function swapWords(memory: WebAssembly.Memory, { at, bytes }: { at: number; bytes: number }): void {
  const view = new DataView(memory.buffer, at, bytes);
  for (let offset = 0; offset < bytes; offset += 4) view.setUint32(offset, view.getUint32(offset), true);
}

function exportsOf({ exports }: WebAssembly.Instance) {
  const { memory, iterate } = exports;
  if (!(memory instanceof WebAssembly.Memory) || typeof iterate !== 'function')
    throw new TypeError('pbkdf2.wasm is not what pbkdf2.wat says');
  return { memory, iterate: (count: number) => void Reflect.apply(iterate, undefined, [count]) };
}
