const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** `bytes` in base32 (RFC 4648, section 6), without padding. */
export function encodeBase32(bytes: Uint8Array): string {
  return bitsOf(bytes, 8).replaceAll(/.{1,5}/g, (five) => ALPHABET.charAt(Number.parseInt(five.padEnd(5, '0'), 2)));
}

/**
 * The bytes of `text` in base32 (RFC 4648, section 6), upper-case and without padding; `undefined` when it is something
 * else. Spare bits must be zero, so that bytes have one spelling.
 */
export function decodeBase32(text: string): Uint8Array | undefined {
  if (!/^[A-Z2-7]*$/.test(text)) return undefined;
  const bits = bitsOf(
    Array.from(text, (character) => ALPHABET.indexOf(character)),
    5,
  );
  const spare = bits.slice(bits.length - (bits.length % 8));
  if (spare.length > 4 || spare.includes('1')) return undefined;
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (eight) => Number.parseInt(eight, 2));
}

const bitsOf = (numbers: Iterable<number>, width: number): string =>
  Array.from(numbers, (number) => number.toString(2).padStart(width, '0')).join('');
