import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

const STEP_MS = 30_000;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * An authenticator app with the key `secret` (RFC 6238). Each call gives a code that it has not given before, and that the
 * service takes now: it forgives one step. The first is that of the step before.
 */
export function createApp(secret: string): () => Promise<string> {
  const key = decodeBase32(secret);
  let last = 0;
  return async () => {
    const step = Math.max(last + 1, Math.floor(Date.now() / STEP_MS) - 1);
    const early = (step - 1) * STEP_MS - Date.now();
    if (early > 0) await sleep(early);
    last = step;
    return codeOf(key, step);
  };
}

function codeOf(key: Buffer, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', key).update(counter).digest();
  const number = mac.readUInt32BE(mac.readUInt8(19) % 16) % 2 ** 31;
  return String(number % 1_000_000).padStart(6, '0');
}

function decodeBase32(text: string): Buffer {
  const bits = Array.from(text.replaceAll(/[\s=]/g, ''), (letter) =>
    ALPHABET.indexOf(letter).toString(2).padStart(5, '0'),
  );
  const bytes = bits.join('').match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}
