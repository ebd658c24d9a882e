import { base64url, calculateJwkThumbprint } from 'jose';
import { describe, expect, it } from 'vitest';
import {
  afterGenerate,
  describeKeys,
  formatHolder,
  generate,
  parseHolder,
  replace,
  retire,
  rotate,
} from '../../../scripts/ops/key-set.ts';
import { newSecrets, newSigningKey } from '../../../scripts/secrets/fresh.ts';
import { SIGNING_ALGS } from '../../../src/crypto/bounds.ts';
import { JWKS_MAX_AGE_SECONDS } from '../../../src/crypto/signing-keys.ts';
import { idsOf } from './ids-of.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);

const [a, b, c] = await Promise.all([newSigningKey('ES256'), newSigningKey('EdDSA'), newSigningKey('ES256')]);

describe('a new signing key', () => {
  it.each(SIGNING_ALGS)('of %s is one that the service accepts, and its kid is its thumbprint', async (alg) => {
    const key = await newSigningKey(alg);
    expect(await idsOf(JSON.stringify({ keys: [key] }))).toEqual([await calculateJwkThumbprint(key)]);
    expect(key).toMatchObject({ alg, use: 'sig' });
    expect(key.crv).toBe({ ES256: 'P-256', EdDSA: 'Ed25519', RS256: undefined }[alg]);
  });

  it('of RS256 has 2048 bits', async () => {
    const { n = '' } = await newSigningKey('RS256');
    expect(base64url.decode(n)).toHaveLength(2048 / 8);
  });
});

describe('a key set', () => {
  it('starts with one key, gets a standby key, rotates to it, and retires the old key', () => {
    expect(generate(undefined, a)).toEqual({ keys: [a] });
    expect(generate({ keys: [a] }, b)).toEqual({ keys: [a, b] });
    expect(rotate({ keys: [a, b] })).toEqual({ keys: [b, a] });
    expect(retire({ keys: [b, a] })).toEqual({ keys: [b] });
  });

  it('rotates back when rotated again', () => {
    expect(rotate(rotate({ keys: [a, b] }))).toEqual({ keys: [a, b] });
    expect(rotate(rotate({ keys: [a, b, c] }))).toEqual({ keys: [a, b, c] });
  });

  it('is replaced as a whole after a leak', () => {
    expect(replace({ keys: [a, b] }, c)).toEqual({ keys: [c] });
    expect(() => replace(undefined, c)).toThrow('no key set yet');
  });

  it('of three keys rotates to the last one, and retires the one that signed before', () => {
    expect(rotate({ keys: [a, b, c] })).toEqual({ keys: [c, b, a] });
    expect(retire({ keys: [c, b, a] })).toEqual({ keys: [c, b] });
  });

  it('refuses a change that does not fit its state', () => {
    expect(() => generate({ keys: [a, b] }, c)).toThrow('finish it first');
    expect(() => generate({ keys: [a, b, c] }, a)).toThrow('finish it first');
    expect(() => rotate({ keys: [a] })).toThrow('generate one first');
    expect(() => retire({ keys: [a] })).toThrow('rotate first');
    expect(() => rotate(undefined)).toThrow('no key set yet');
    expect(() => retire(undefined)).toThrow('no key set yet');
  });

  it('names the state of each key', () => {
    expect(describeKeys('generate', { keys: [a] })).toEqual([`${a.kid}  ES256  signs`]);
    expect(describeKeys('generate', { keys: [a, b] })[1]).toBe(
      `${b.kid}  EdDSA  standby: published, does not sign yet`,
    );
    expect(describeKeys('rotate', { keys: [c, b, a] })).toEqual([
      `${c.kid}  ES256  signs`,
      `${b.kid}  EdDSA  verifies only`,
      `${a.kid}  ES256  verifies only: signed until now`,
    ]);
    expect(describeKeys('retire', { keys: [c, b] })[1]).toBe(`${b.kid}  EdDSA  verifies only`);
  });

  it('waits before a rotation for as long as other services may cache the published keys', () => {
    const next = afterGenerate({ keys: [a, b] }, { deploy: 'deploy', again: (command) => command });
    expect(next.join('\n')).toContain(`wait at least ${JWKS_MAX_AGE_SECONDS} s:`);
  });

  it('keeps everything else in its file', async () => {
    const jwks = JSON.stringify({ keys: [{ ...a, note: 'ours' }], note: 'theirs' });
    const secrets = { A: 'ä', ...(await newSecrets()), SIGNING_KEYS: jwks, Z: '1' };
    const text = `${JSON.stringify(secrets, null, 2)}\n`;
    expect(formatHolder(await parseHolder(bytesOf(text)))).toBe(text);
    expect(formatHolder(await parseHolder(bytesOf(`${jwks}\n`)))).toBe(`${jwks}\n`);
  });

  const broken = JSON.stringify({ keys: [a] });
  it.each([
    ['broken off', broken.slice(0, -2), 'neither a JWKS nor a JSON object of strings with SIGNING_KEYS'],
    ['NAME=value lines', `SIGNING_KEYS='${broken}'`, 'neither a JWKS nor a JSON object of strings'],
    ['not in UTF-8', Uint8Array.of(0x22, 0xff, 0x22), 'is not in UTF-8'],
    [
      'in UTF-16',
      new Uint8Array(Uint16Array.from(`\ufeff${broken}`, (character) => character.charCodeAt(0)).buffer),
      'is in UTF-16',
    ],
    ['a key alone', JSON.stringify(a), 'must be a JWKS'],
    ['without keys', '{"keys":[]}', 'must be a JWKS'],
    ['without private halves', JSON.stringify({ keys: [{ ...a, d: undefined }] }), 'must be a JWKS'],
    ['of two keys with one id', JSON.stringify({ keys: [a, a] }), 'must be a JWKS'],
    ['of halves of two keys', JSON.stringify({ keys: [{ ...a, d: c.d }] }), 'unusable key'],
    ['not text among secrets', JSON.stringify({ SIGNING_KEYS: { keys: [a] } }), 'is not a JSON object of strings'],
    ['broken off among secrets', JSON.stringify({ SIGNING_KEYS: broken.slice(1) }), 'must be a JWKS'],
  ])('is refused when it is %s, with a message that shows nothing of it', async (_, text, reason) => {
    const refusal: unknown = await parseHolder(typeof text === 'string' ? bytesOf(text) : text).catch(
      (error: unknown) => error,
    );
    expect(String(refusal)).toContain(reason);
    expect(String(refusal)).not.toContain(a.d);
    expect(refusal).not.toHaveProperty('cause');
  });
});
