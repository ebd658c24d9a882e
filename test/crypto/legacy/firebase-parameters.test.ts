import { assert, json, oneof, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFirebaseParameters } from '../../../src/crypto/legacy/firebase-parameters.ts';

const members = {
  base64_signer_key: 'jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==',
  base64_salt_separator: 'Bw==',
  rounds: 8,
  mem_cost: 14,
};
const read = (changes: Record<string, unknown>) => parseFirebaseParameters(JSON.stringify({ ...members, ...changes }));

describe('the parameters of a Firebase project', () => {
  it('are read as the Firebase console shows them', () => {
    const parameters = read({});
    expect(parameters).toMatchObject({ saltSeparator: new Uint8Array([7]), rounds: 8, memCost: 14 });
    expect(parameters?.signerKey).toHaveLength(64);
    expect(parameters?.signerKey.slice(0, 3)).toEqual(new Uint8Array([0x8f, 0x1b, 0x29]));
    expect(read({ algorithm: 'SCRYPT' })).toEqual(parameters);
  });

  it('are read with base64 of either alphabet, padded or not', () => {
    const key = members.base64_signer_key;
    const urlSafe = key.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
    expect(read({ base64_signer_key: urlSafe })).toEqual(read({}));
    expect(read({ base64_salt_separator: 'Bw' })).toEqual(read({}));
    expect(read({ base64_salt_separator: '-_-_' })?.saltSeparator).toEqual(new Uint8Array([0xfb, 0xff, 0xbf]));
    expect(read({ base64_salt_separator: 'A'.repeat(20) })?.saltSeparator).toHaveLength(15);
  });

  it('are read at their least and refused beyond their most', () => {
    expect(read({ rounds: 1, mem_cost: 1 })).toMatchObject({ rounds: 1, memCost: 1 });
    for (const wrong of [0, -1, 9, 1.5, '8', null, true, [8]]) expect(read({ rounds: wrong })).toBeUndefined();
    for (const wrong of [0, -1, 15, 1.5, '14', null, true, [14]]) expect(read({ mem_cost: wrong })).toBeUndefined();
  });

  it.each([
    ['a member too many', { more: 1 }],
    ['another algorithm', { algorithm: 'HMAC_SHA256' }],
    ['a missing key', { base64_signer_key: undefined }],
    ['a short key', { base64_signer_key: 'Bw==' }],
    ['a long key', { base64_signer_key: 'A'.repeat(87) }],
    ['a key that is no base64', { base64_signer_key: `${'A'.repeat(85)}!` }],
    ['a missing separator', { base64_salt_separator: undefined }],
    ['an empty separator', { base64_salt_separator: '' }],
    ['a separator of a part of a byte', { base64_salt_separator: 'A' }],
    ['a long separator', { base64_salt_separator: 'A'.repeat(22) }],
    ['a separator that is no text', { base64_salt_separator: 7 }],
  ])('are refused with %s', (_, changes) => {
    expect(read(changes)).toBeUndefined();
  });

  it.each(['', 'null', '[]', '{}', '"SCRYPT"', '{', ' '.repeat(10_000_000), '['.repeat(1000)])(
    'are refused when they are something else',
    (text) => {
      expect(parseFirebaseParameters(text)).toBeUndefined();
    },
  );

  it('are refused in more than 1024 characters', () => {
    const text = JSON.stringify(members);
    expect(parseFirebaseParameters(text.padEnd(1024))).toEqual(read({}));
    expect(parseFirebaseParameters(text.padEnd(1025))).toBeUndefined();
  });

  it('are refused without an error, whatever they are', () => {
    assert(
      property(oneof(string(), json()), (text) => {
        expect(parseFirebaseParameters(text)).toBeUndefined();
      }),
    );
  });
});
