import { pbkdf2 } from '../pbkdf2.ts';

export async function pbkdf2Sha256(
  module: WebAssembly.Module,
  { secret, salt, iterations }: { secret: Uint8Array; salt: Uint8Array; iterations: number },
): Promise<Uint8Array> {
  throw new Error('TODO');
}
