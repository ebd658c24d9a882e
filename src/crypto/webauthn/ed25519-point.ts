/** Minus one in the field of Ed25519, 2^255 - 20, in little-endian hexadecimal digits (RFC 8032, section 5.1). */
const MINUS_ONE = `ec${'ff'.repeat(30)}7f`;

/** The `y` of the points whose order is 1, 2, 4 or 8 (RFC 8032, section 5.1): one, minus one, zero, and two for order 8. */
const SMALL = new Set([
  `01${'00'.repeat(31)}`,
  MINUS_ONE,
  '00'.repeat(32),
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
]);

/**
 * Whether the 32 `bytes` can be a public key of Ed25519: a `y` within the field (RFC 8032, section 5.1.3), of no point of
 * small order. Under a key of small order, anybody can sign. Web Crypto of Workers takes both.
 */
export function canBeEd25519Key(bytes: Uint8Array): boolean {
  const y = bytes.with(31, (bytes[31] ?? 0) & 0x7f);
  const isInField = y[31] !== 0x7f || (y[0] ?? 0) <= 0xec || y.subarray(1, 31).some((byte) => byte !== 0xff);
  return isInField && !SMALL.has(Array.from(y, (byte) => byte.toString(16).padStart(2, '0')).join(''));
}
