import { exportJWK, generateKeyPair } from 'jose';
import { describe, expect, it } from 'vitest';
import { verifyAccessToken } from '../../src/crypto/access-token.ts';
import { isClientSecret } from '../../src/crypto/client-secret.ts';
import { verifyRefreshToken, signRefreshToken } from '../../src/crypto/refresh-token.ts';
import { decodeSecret, deriveHmacKey, hmacSha256, importHmacKey } from '../../src/crypto/secret.ts';
import { importSigningKeys } from '../../src/crypto/signing-keys.ts';
import { makeUuidV7 } from '../../src/crypto/uuid-v7.ts';
import known from './known-answers.json' with { type: 'json' };

const fromHex = (text: string) => Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const hex = (array: Uint8Array) => Array.from(array, (byte) => byte.toString(16).padStart(2, '0')).join('');
const { claims, keys, parties } = known;

describe('an access token', () => {
  it.each(known.accessTokens)('signed by node:crypto with $alg verifies until it expires', async ({ token }) => {
    const signingKeys = await importSigningKeys(JSON.stringify({ keys }));
    const at = (seconds: number) => verifyAccessToken(token, parties, signingKeys, { now: new Date(seconds * 1000) });
    expect(await at(claims.iat)).toEqual(claims);
    expect(await at(claims.exp - 1)).toEqual(claims);
    await expect(at(claims.exp)).rejects.toMatchObject({ code: 'ERR_JWT_EXPIRED' });
  });

  it('verifies after its expiry only if the caller allows it', async () => {
    const signingKeys = await importSigningKeys(JSON.stringify({ keys }));
    const [{ token } = { token: '' }] = known.accessTokens;
    const when = { now: new Date((claims.exp + 90 * 86_400) * 1000), mayBeExpired: true };
    expect(await verifyAccessToken(token, parties, signingKeys, when)).toEqual(claims);
    const others = { ...parties, audience: 'others' };
    await expect(verifyAccessToken(token, others, signingKeys, when)).rejects.toMatchObject({
      code: 'ERR_JWT_CLAIM_VALIDATION_FAILED',
    });
  });

  it('has one spelling', async () => {
    const signingKeys = await importSigningKeys(JSON.stringify({ keys }));
    const when = { now: new Date(claims.iat * 1000) };
    for (const { token } of known.accessTokens) {
      const at = token.lastIndexOf('.') + 8;
      const spaced = [' ', '\n', '\t', '\r\n', '\u00a0', '='].map(
        (mark) => token.slice(0, at) + mark + token.slice(at),
      );
      // The last character holds two bits of the signature and four spare bits.
      const last = 'AQgw'.includes(token.slice(-1))
        ? String.fromCodePoint((token.codePointAt(token.length - 1) ?? 0) + 1)
        : '';
      const others = [
        ...spaced,
        ` ${token}`,
        `${token} `,
        `${token}\n`,
        `${token}=`,
        `${token}.`,
        token.slice(0, -1) + last,
      ];
      for (const other of others) {
        await expect(verifyAccessToken(other, parties, signingKeys, when)).rejects.toMatchObject({
          code: 'ERR_JWT_INVALID',
        });
      }
    }
  });

  it('verifies only with the algorithm of its key', async () => {
    const mislabelled = keys.map((key) =>
      key.alg === 'ES256' ? { ...key, kid: 'rfc8037-a1' } : { ...key, kid: 'rfc7515-a3' },
    );
    const signingKeys = await importSigningKeys(JSON.stringify({ keys: mislabelled }));
    for (const { token } of known.accessTokens) {
      const verified = verifyAccessToken(token, parties, signingKeys, { now: new Date(claims.iat * 1000) });
      await expect(verified).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
    }
  });
});

async function makeRsaKey(modulusLength: number) {
  const publicExponent = new Uint8Array([1, 0, 1]);
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength, publicExponent };
  const pair = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  if (!('privateKey' in pair)) throw new TypeError('not a key pair');
  return { ...(await exportJWK(pair.privateKey)), kid: 'a', alg: 'RS256' };
}

describe('signing keys', () => {
  it('are refused when the halves of one do not match', async () => {
    const [key, edwards] = known.keys;
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    const { d } = await exportJWK(privateKey);
    await expect(importSigningKeys(JSON.stringify({ keys: [key] }))).resolves.toBeDefined();
    await expect(importSigningKeys(JSON.stringify({ keys: [key, { ...key, kid: 'b', d }] }))).rejects.toThrow(/./);
    const { x } = await exportJWK((await generateKeyPair('EdDSA', { extractable: true })).publicKey);
    await expect(importSigningKeys(JSON.stringify({ keys: [{ ...edwards, x }] }))).rejects.toThrow(/./);
  });

  it('are refused when an RSA key is shorter than 2048 bits', async () => {
    const jwk = await makeRsaKey(1024);
    await expect(importSigningKeys(JSON.stringify({ keys: [jwk] }))).rejects.toThrow('2048 bits');
  });

  it.each([
    '',
    'null',
    '{}',
    '{"keys":{}}',
    '{"keys":[]}',
    '{"keys":[{}]}',
    '{"keys":[{"kid":"a","alg":"HS256","kty":"oct","k":"AAAA"}]}',
  ])('are refused when they are %j', async (jwks) => {
    await expect(importSigningKeys(jwks)).rejects.toThrow(/./);
  });
});

describe('a refresh token', () => {
  it.each(known.refreshTokens)(
    'of generation $generation is the one that node:crypto signs',
    async ({ token, ...parts }) => {
      expect(await signRefreshToken(parts, known.secretKey)).toBe(token);
      expect(await verifyRefreshToken(token, known.secretKey)).toEqual(parts);
    },
  );

  it.each(known.refreshTokens)(
    'of generation $generation verifies only unchanged and under its key',
    async ({ token }) => {
      const otherKey = btoa(String.fromCharCode(...Array.from({ length: 32 }, (_, i) => i)));
      expect(await verifyRefreshToken(token, otherKey)).toBeUndefined();
      for (const index of Array.from(token.slice(0, -1), (_, i) => i)) {
        const changed = token[index] === '1' ? '2' : '1';
        const forged = token.slice(0, index) + changed + token.slice(index + 1);
        expect(await verifyRefreshToken(forged, known.secretKey)).toBeUndefined();
      }
    },
  );
});

it.each(known.refreshTokens)(
  'a refresh token of generation $generation has one spelling',
  async ({ token, ...parts }) => {
    // The last character holds four bits of the MAC and two spare bits.
    const last = [1, 2, 3].map((spare) => String.fromCodePoint((token.codePointAt(token.length - 1) ?? 0) + spare));
    const [sessionId, generation, mac] = token.split('.');
    const others = [
      ...last.map((character) => token.slice(0, -1) + character),
      `${token}=`,
      `${token}\n`,
      ` ${token}`,
      token.toUpperCase(),
      `${sessionId}.0${generation}.${mac}`,
      `${sessionId}.+${generation}.${mac}`,
      `${sessionId}.${generation}.0.${mac}`,
    ];
    expect(await verifyRefreshToken(token, known.secretKey)).toEqual(parts);
    for (const other of others) expect(await verifyRefreshToken(other, known.secretKey)).toBeUndefined();
  },
);

describe('the id of a session', () => {
  it('begins with its time, as in RFC 9562, appendix A.6', () => {
    const time = new Date('2022-02-22T19:22:22.000Z');
    expect(makeUuidV7(time)).toMatch(/^017f22e2-79b0-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('is different every time', () => {
    const time = new Date();
    const ids = Array.from({ length: 1000 }, () => makeUuidV7(time));
    expect(new Set(ids).size).toBe(1000);
    for (const part of [2, 3, 4]) expect(new Set(ids.map((id) => id.split('-')[part])).size).toBeGreaterThan(500);
  });
});

describe('the secret of a client', () => {
  const secretHash = 'ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0';

  it('is verified by its SHA-256, here that of FIPS 180-4 for abc, and by the id of its client', async () => {
    const credentials = [
      { id: 'other', secretHash: 'A'.repeat(43) },
      { id: 'api', secretHash },
    ];
    expect(await isClientSecret({ id: 'api', secret: 'abc' }, credentials)).toBe(true);
    expect(await isClientSecret({ id: 'api', secret: 'abd' }, credentials)).toBe(false);
    expect(await isClientSecret({ id: 'other', secret: 'abc' }, credentials)).toBe(false);
    expect(await isClientSecret({ id: 'api', secret: 'abc' }, [])).toBe(false);
  });

  it.each([
    ['the beginning of its id', 'orders.ap'],
    ['the end of its id', 'rders.api'],
    ['no id', ''],
    ['its id and more', 'orders.api2'],
    ['its id twice', 'orders.apiorders.api'],
    ['its id in other case', 'Orders.API'],
    ['its id and a NUL', 'orders.api\0'],
    ['its id and a space', 'orders.api '],
    ['a space and its id', ' orders.api'],
    ['its id and a line break', 'orders.api\n'],
    ['a lookalike of its id', 'orders\u2024api'],
    ['a pattern that matches its id', 'orders_api'],
  ])('is verified with the whole id of its client, and not with %s', async (_, id) => {
    const credentials = [{ id: 'orders.api', secretHash }];
    expect(await isClientSecret({ id: 'orders.api', secret: 'abc' }, credentials)).toBe(true);
    expect(await isClientSecret({ id, secret: 'abc' }, credentials)).toBe(false);
  });
});

describe('secrets', () => {
  it('derive keys as in RFC 5869, appendix A.3', async () => {
    const derived = await deriveHmacKey(btoa('\u000b'.repeat(22)), '');
    const expected = fromHex('8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d');
    const data = new TextEncoder().encode('a');
    expect(await hmacSha256(derived, data)).toEqual(await hmacSha256(await importHmacKey(expected), data));
  });

  it('are derived anew for another secret and for another purpose', async () => {
    const data = new TextEncoder().encode('a');
    const macs = [];
    for (const [secretKey, purpose] of [
      ['AAAA', 'a'],
      ['AAAB', 'a'],
      ['AAAA', 'b'],
      ['AAAA', 'a'],
    ] as const)
      macs.push(hex(await hmacSha256(await deriveHmacKey(secretKey, purpose), data)));
    expect(await deriveHmacKey('AAAA', 'a'), 'is derived once').toBe(await deriveHmacKey('AAAA', 'a'));
    expect(new Set(macs).size).toBe(3);
    expect(macs[3]).toBe(macs[0]);
  });

  it('make MACs as in RFC 4231, section 4.3', async () => {
    const encode = (text: string) => new TextEncoder().encode(text);
    const mac = await hmacSha256(await importHmacKey(encode('Jefe')), encode('what do ya want for nothing?'));
    expect(hex(mac)).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843');
  });

  it('are decoded from base64', () => {
    expect(hex(decodeSecret('AAECA/8='))).toBe('00010203ff');
  });
});
