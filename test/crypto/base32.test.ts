import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase32, encodeBase32 } from '../../src/crypto/base32.ts';

/** The vectors of RFC 4648, section 10, without padding. */
const vectors = [
  ['', ''],
  ['f', 'MY'],
  ['fo', 'MZXQ'],
  ['foo', 'MZXW6'],
  ['foob', 'MZXW6YQ'],
  ['fooba', 'MZXW6YTB'],
  ['foobar', 'MZXW6YTBOI'],
] as const;

describe('base32', () => {
  it.each(vectors)('of "%s" is "%s"', (text, encoded) => {
    const bytes = new TextEncoder().encode(text);
    expect(encodeBase32(bytes)).toBe(encoded);
    expect(decodeBase32(encoded)).toEqual(bytes);
  });

  it('is read as it is written', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(decodeBase32(encodeBase32(bytes))).toEqual(bytes);
      }),
    );
  });

  it.each(['M', 'MZX', 'MZXW6Y', 'MY======', 'my', 'M0', 'M1', 'M8', 'M9', ' MY', 'MY\n', 'M-Y', 'ＭＹ'])(
    'refuses %j',
    (text) => {
      expect(decodeBase32(text)).toBeUndefined();
    },
  );

  it.each(['MZ', 'MZXR', 'MZXW7', 'MZXW6YR'])('refuses %s, whose spare bits are not zero', (text) => {
    expect(decodeBase32(text)).toBeUndefined();
  });
});
