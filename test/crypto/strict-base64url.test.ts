import { describe, expect, it } from 'vitest';
import { decodeBase64url } from '../../src/crypto/strict-base64url.ts';
import { encode } from '../support/authenticator.ts';

describe('base64url', () => {
  it('is read without padding', () => {
    expect(decodeBase64url('', 9)).toEqual(new Uint8Array());
    expect(decodeBase64url('_w', 9)).toEqual(new Uint8Array([255]));
    expect(decodeBase64url('-_8', 9)).toEqual(new Uint8Array([251, 255]));
    expect(decodeBase64url('AQIDBA', 9)).toEqual(new Uint8Array([1, 2, 3, 4]));
  });

  it.each(['_', '_x', '-_9', '_w==', '_w=', '/w', '+_8', ' _w', '_w\n', '_w_w_', '_\nw', 'ａａ', '_w.', '\0'])(
    'is not spelled %j',
    (text) => {
      expect(decodeBase64url(text, 9)).toBeUndefined();
    },
  );

  it.each([1, 2, 3, 4, 5, 6])('of %d bytes is within that limit, and above a smaller one', (length) => {
    const text = encode(new Uint8Array(length).fill(7));
    expect(decodeBase64url(text, length)).toHaveLength(length);
    expect(decodeBase64url(text, length - 1)).toBeUndefined();
  });
});
