import { describe, expect, it } from 'vitest';
import { parseClientJwks } from '../../src/crypto/client-jwks.ts';
import { publicKeys } from '../support/public-keys.ts';

const { ES256, EdDSA, RS256 } = publicKeys;

/** 2048 bits with another first byte: 2047 bits, and a leading zero. */
const [short, zero] = [`U${RS256.n.slice(1)}`, `AA${RS256.n.slice(2)}`];

const isPrivate = 'Must be a public key. Keep the private one to yourself.';
const kind = 'Must be a key for ES256 (EC, P-256), EdDSA (OKP, Ed25519) or RS256 (RSA).';
const modulus = 'Must have an n of 2048 to 4096 bits, and the e AQAB.';
const kid = 'Must have a kid of 1 to 128 printable characters.';
const notImported = 'Must be a point on its curve, or a modulus: Web Crypto cannot import it.';

describe('the public keys of a client', () => {
  it.each(Object.entries(publicKeys))('may be for %s, with or without alg and use', async (_, key) => {
    const { alg: __, use: ___, ...bare } = key;
    expect(await parseClientJwks([key])).toEqual({ keys: [key] });
    expect(await parseClientJwks([bare])).toEqual({ keys: [key] });
  });

  it('may name EdDSA by its curve, as Web Crypto exports it', async () => {
    expect(await parseClientJwks([{ ...EdDSA, alg: 'Ed25519' }])).toEqual({ keys: [EdDSA] });
  });

  it('have the members of their kind and no other', async () => {
    const keys = [{ ...EdDSA, y: 'a', n: 'a', x5c: [], key_ops: ['verify'], toString: 1 }];
    expect(await parseClientJwks(keys)).toEqual({ keys: [EdDSA] });
  });

  it.each([
    ['a private key', { ...ES256, d: 'a' }, isPrivate],
    ['a private RSA key without d', { ...RS256, p: 'a' }, isPrivate],
    ['a key with an undefined private part', { ...ES256, d: null }, isPrivate],
    ['a symmetric key', { kid: 'a', kty: 'oct', k: 'a' }, isPrivate],
    ['a symmetric key without its bytes', { kid: 'a', kty: 'oct' }, kind],
    ['no kid', { ...ES256, kid: undefined }, kid],
    ['an empty kid', { ...ES256, kid: '' }, kid],
    ['a kid with a blank', { ...ES256, kid: 'a b' }, kid],
    ['a kid of 129 characters', { ...ES256, kid: 'a'.repeat(129) }, kid],
    ['a kid that is a number', { ...ES256, kid: 1 }, kid],
    ['a key for encryption', { ...RS256, use: 'enc' }, 'Must be a key for signatures: use is sig.'],
    ['another algorithm', { ...RS256, alg: 'PS256' }, 'Must have the alg RS256, or none.'],
    ['the name of another curve', { ...ES256, alg: 'Ed25519' }, 'Must have the alg ES256, or none.'],
    ['the algorithm none', { ...ES256, alg: 'none' }, 'Must have the alg ES256, or none.'],
    ['a symmetric algorithm', { ...RS256, alg: 'HS256' }, 'Must have the alg RS256, or none.'],
    ['no algorithm but null', { ...EdDSA, alg: null }, 'Must have the alg EdDSA, or none.'],
    ['no kty', { ...ES256, kty: undefined }, kind],
    ['another curve', { ...ES256, crv: 'P-384' }, kind],
    ['a curve for agreement', { ...EdDSA, crv: 'X25519' }, kind],
    ['a curve of another kty', { ...EdDSA, kty: 'EC' }, kind],
    ['no y', { ...ES256, y: undefined }, 'Must have the coordinates x and y of P-256.'],
    [
      'a coordinate that is too short',
      { ...ES256, x: ES256.x.slice(1) },
      'Must have the coordinates x and y of P-256.',
    ],
    ['a coordinate in base64', { ...EdDSA, x: EdDSA.x.replace('_', '/') }, 'Must have the coordinate x of Ed25519.'],
    ['a point that is not on the curve', { ...ES256, y: ES256.x }, notImported],
    ['a modulus of 2047 bits', { ...RS256, n: short }, modulus],
    ['a modulus with a leading zero', { ...RS256, n: zero }, modulus],
    ['a modulus of 1024 bits', { ...RS256, n: RS256.n.slice(0, 171) }, modulus],
    ['a modulus of more than 4096 bits', { ...RS256, n: RS256.n + RS256.n + 'AAAA' }, modulus],
    ['no modulus', { ...RS256, n: undefined }, modulus],
    ['the exponent 1', { ...RS256, e: 'AQ' }, modulus],
    ['the exponent 3', { ...RS256, e: 'Aw' }, modulus],
  ])('are none with %s', async (_, key, message) => {
    expect(await parseClientJwks([{ ...EdDSA, kid: 'first' }, key])).toEqual({ fault: { index: 1, message } });
  });

  it('have different ids', async () => {
    const message = 'Must have a kid of its own.';
    expect(await parseClientJwks([ES256, EdDSA, { ...RS256, kid: 'es' }])).toEqual({ fault: { index: 2, message } });
  });
});
