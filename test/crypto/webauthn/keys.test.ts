import type { encodeCBOR } from '@levischuck/tiny-cbor';
import { describe, expect, it } from 'vitest';
import { importPublicKey, isSignatureOf } from '../../../src/crypto/webauthn/signature.ts';
import { verifyRegistration } from '../../../src/crypto/webauthn/verify-registration.ts';
import { WebAuthnError } from '../../../src/crypto/webauthn/webauthn-error.ts';
import { concat, fromHex, makeAuthenticator, toDer, toHex } from '../../support/authenticator.ts';

const challenge = 'AAAA';
const [rpId, origin] = ['example.com', 'https://example.com'];
const { register, cose } = await makeAuthenticator({ rpId, origin });

const registerKey = async (key: Parameters<typeof encodeCBOR>[0]) =>
  verifyRegistration(await register(challenge, { cose: asMap(key) }), { challenge, origins: [origin], rpId });

function asMap(key: Parameters<typeof encodeCBOR>[0]) {
  if (!(key instanceof Map)) throw new TypeError('a COSE key is a map');
  return new Map(Array.from(key, ([label, value]) => [Number(label), value] as const));
}

const es256 = (members: [number, Parameters<typeof encodeCBOR>[0]][]) => new Map([...cose, ...members]);
const without = (label: number) => new Map([...cose].filter(([each]) => each !== label));
const edDsa = (x: Uint8Array) =>
  new Map([
    ...asMap(
      new Map<number, number>([
        [1, 1],
        [3, -8],
        [-1, 6],
      ]),
    ),
    [-2, x] as const,
  ]);
const rs256 = (n: Uint8Array, e: Uint8Array) =>
  new Map([
    ...asMap(
      new Map<number, number>([
        [1, 3],
        [3, -257],
      ]),
    ),
    [-1, n] as const,
    [-2, e] as const,
  ]);

const F4 = new Uint8Array([1, 0, 1]);
const modulus = (bytes: number, first = 0x80) => new Uint8Array(bytes).fill(0x5b).with(0, first);

describe('a public key', () => {
  it.each([
    ['of 2048 bits', rs256(modulus(256), F4)],
    ['of 2049 bits', rs256(modulus(257, 1), F4)],
    ['of 4096 bits', rs256(modulus(512), F4)],
  ])('for RS256 %s is taken', async (_, key) => {
    const { publicKey } = await registerKey(key);
    expect(JSON.parse(publicKey)).toMatchObject({ kty: 'RSA', alg: 'RS256', e: 'AQAB' });
  });

  it.each([
    ['of 1024 bits', rs256(modulus(128), F4)],
    ['of 2047 bits', rs256(modulus(256, 0x7f), F4)],
    ['of 2048 bits after a zero', rs256(concat([0], modulus(256)), F4)],
    ['of 4104 bits', rs256(modulus(513), F4)],
    ['with the exponent 1', rs256(modulus(256), new Uint8Array([1]))],
    ['with the exponent 3', rs256(modulus(256), new Uint8Array([3]))],
    ['with the exponent 65539', rs256(modulus(256), new Uint8Array([1, 0, 3]))],
    ['with an exponent after a zero', rs256(modulus(256), new Uint8Array([0, 1, 0, 1]))],
    ['without a modulus', rs256(new Uint8Array(), F4)],
  ])('for RS256 %s is refused', async (_, key) => {
    await expect(registerKey(key)).rejects.toThrow(new WebAuthnError('the key is malformed'));
  });

  it.each([
    ['of another curve, P-384', es256([[-1, 2]])],
    ['of another curve, secp256k1', es256([[-1, 8]])],
    ['for ES384', es256([[3, -35]])],
    ['for ES256K', es256([[3, -47]])],
    ['for HS256', es256([[3, 5]])],
    ['for no algorithm', without(3)],
    ['of no kind', without(1)],
    ['of another kind', es256([[1, 1]])],
    ['on no curve', without(-1)],
    ['without y', without(-3)],
    ['with a private half', es256([[-4, new Uint8Array(32)]])],
    ['with an id', es256([[2, new Uint8Array(1)]])],
    ['without members', new Map<number, number>()],
    ['for EdDSA on Ed448', new Map([...edDsa(new Uint8Array(57)), [-1, 7] as const])],
  ])('%s is refused', async (_, key) => {
    await expect(registerKey(key)).rejects.toThrow(new WebAuthnError('the key is of no kind that is asked for'));
  });

  it.each([
    ['whose point is not on the curve', es256([[-3, new Uint8Array(32).fill(7)]])],
    [
      'whose point is the origin',
      es256([
        [-2, new Uint8Array(32)],
        [-3, new Uint8Array(32)],
      ]),
    ],
    ['whose coordinate is beyond the field', es256([[-2, new Uint8Array(32).fill(255)]])],
    ['with a short coordinate', es256([[-2, new Uint8Array(31)]])],
    ['with a long coordinate', es256([[-3, new Uint8Array(33)]])],
    ['with a compressed point', es256([[-3, true]])],
    ['with a coordinate as text', es256([[-2, 'x'.repeat(32)]])],
    ['for EdDSA with a short point', edDsa(new Uint8Array(31))],
    ['for EdDSA with a long point', edDsa(new Uint8Array(33))],
  ])('%s is refused', async (_, key) => {
    await expect(registerKey(key)).rejects.toThrow(new WebAuthnError('the key is malformed'));
  });

  // RFC 8032, section 5.1: the points whose order divides 8, in all their spellings, and what is beyond the field.
  it.each([
    '0000000000000000000000000000000000000000000000000000000000000000',
    '0100000000000000000000000000000000000000000000000000000000000000',
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
    'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  ])('for EdDSA of %s, under which anybody could sign or nobody, is refused', async (hex) => {
    for (const sign of [0, 0x80]) {
      const point = fromHex(hex);
      const key = edDsa(point.with(31, (point[31] ?? 0) | sign));
      await expect(registerKey(key)).rejects.toThrow(new WebAuthnError('the key is malformed'));
    }
  });

  // RFC 8032, section 7.1.
  it.each([
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
  ])('for EdDSA of %s is taken', async (hex) => {
    const { publicKey } = await registerKey(edDsa(fromHex(hex)));
    expect(JSON.parse(publicKey)).toMatchObject({ kty: 'OKP', crv: 'Ed25519' });
  });

  it.each(['', '{}', 'null', '[]', '1', '{"alg":"none"}', '{"alg":"toString"}', '{"kty":"EC","alg":"EdDSA"}'])(
    'stored as %j is refused',
    async (jwk) => {
      await expect(importPublicKey(jwk)).rejects.toThrow(new WebAuthnError('the key is malformed'));
    },
  );
});

describe('a signature of ES256', async () => {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  if (!('publicKey' in pair)) throw new TypeError('a pair has two keys');
  const exported = await crypto.subtle.exportKey('jwk', pair.publicKey);
  if (exported instanceof ArrayBuffer) throw new TypeError('a JWK is an object');
  const jwk = JSON.stringify({ ...exported, alg: 'ES256' });
  const data = new TextEncoder().encode('signed');
  const sign = async () =>
    new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, data));
  const isRight = (signature: Uint8Array) => isSignatureOf(data, { signature, jwk });

  it('is right whatever the lengths of its integers are', async () => {
    const lengths = new Set<number>();
    for (let signatures = 0; signatures < 2000; signatures += 1) {
      const der = toDer(await sign());
      if (lengths.has(der.length)) continue;
      lengths.add(der.length);
      expect(await isRight(der)).toBe(true);
    }
    expect(lengths.size).toBeGreaterThanOrEqual(4);
  });

  it('is wrong in any other encoding', async () => {
    const raw = (await sign()).with(0, 0x7f).with(32, 0x7f);
    const [r, s] = [raw.subarray(0, 32), raw.subarray(32)];
    const integer = (digits: Uint8Array, ...before: number[]) =>
      concat([2, digits.length + before.length], before, digits);
    const sequence = (...parts: Uint8Array[]) => concat([0x30, concat(...parts).length], ...parts);
    // The form itself is taken; only the digits are those of nobody.
    expect(await isRight(sequence(integer(r), integer(s)))).toBe(false);
    for (const malformed of [
      new Uint8Array(),
      raw,
      sequence(),
      sequence(integer(r)),
      sequence(integer(r), integer(s), integer(s)),
      sequence(integer(new Uint8Array(1)), integer(s)),
      sequence(integer(r), integer(new Uint8Array(1))),
      sequence(integer(r, 0), integer(s)),
      sequence(integer(r), integer(s, 0)),
      sequence(integer(r, 0, 0), integer(s)),
      sequence(integer(r, 1), integer(s)),
      sequence(integer(r.with(0, 0x80)), integer(s)),
      sequence(integer(r), integer(s.with(0, 0xff))),
      sequence(integer(new Uint8Array()), integer(s)),
      sequence(integer(r), integer(new Uint8Array())),
      sequence(integer(r), concat([3], integer(s).subarray(1))),
      sequence(integer(r), integer(s).subarray(0, -1)),
      sequence(concat([2, 0x81, 32], r), integer(s)),
      concat(sequence(integer(r), integer(s)), [0]),
      sequence(integer(r), integer(s)).subarray(0, -1),
      sequence(integer(r), integer(s), new Uint8Array([0])),
      concat([0x30, 0x81, 68], integer(r), integer(s)),
      concat([0x30, 0x80], integer(r), integer(s), [0, 0]),
      concat([0x31, 68], integer(r), integer(s)),
      concat([0x30, 67], integer(r), integer(s)),
      concat([0x30, 69], integer(r), integer(s)),
    ])
      await expect(isRight(malformed), toHex(malformed)).rejects.toThrow(
        new WebAuthnError('the signature is malformed'),
      );
  });
});
