import { describe, expect, it } from 'vitest';
import { openSecret, sealSecret } from '../../src/crypto/sealed-secret.ts';
import known from './factor-answers.json' with { type: 'json' };

const { sealedSecrets, secretKey } = known;
const otherKey = btoa(String.fromCharCode(...Array.from({ length: 32 }, (_, i) => i)));

const bytesOf = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));

describe('a sealed secret', () => {
  it.each(sealedSecrets)('$sealed is opened as node:crypto sealed it', async ({ userId, secret, sealed }) => {
    expect(await openSecret(sealed, userId, secretKey)).toEqual(bytesOf(secret));
  });

  it.each(sealedSecrets)('is for its account and under its key only', async ({ userId, sealed }) => {
    for (const other of ['', userId.toUpperCase(), `${userId} `, userId.replace('f4d', 'f4e')])
      expect(await openSecret(sealed, other, secretKey)).toBeUndefined();
    expect(await openSecret(sealed, userId, otherKey)).toBeUndefined();
    expect(await openSecret(sealed, userId, secretKey)).toBeDefined();
  });

  it.each(sealedSecrets)('cannot be changed, cut or spelled otherwise', async ({ userId, sealed }) => {
    const changed = Array.from(sealed, (character, index) => {
      const other = character === 'A' ? 'B' : 'A';
      return sealed.slice(0, index) + other + sealed.slice(index + 1);
    });
    const cut = Array.from(sealed, (_, length) => sealed.slice(0, length));
    for (const other of [...changed, ...cut, `${sealed}A`, `${sealed}=`, `${sealed}\n`, ` ${sealed}`, 'ü', '~'])
      expect(await openSecret(other, userId, secretKey), other).toBeUndefined();
    expect(await openSecret('A'.repeat(100_000), userId, secretKey)).toBeUndefined();
  });

  it('is another one each time, and opens as it was', async () => {
    const secret = bytesOf('00ff10ef20df30cf40bf50af609f708f80ffffff');
    const sealed = await Promise.all(Array.from({ length: 20 }, () => sealSecret(secret, 'user', secretKey)));
    expect(new Set(sealed.map((text) => text.slice(0, 16))).size).toBe(20);
    for (const text of sealed) {
      // 12 bytes of IV, 20 of ciphertext, 16 of tag.
      expect(text).toMatch(/^[\w-]{64}$/);
      expect(await openSecret(text, 'user', secretKey)).toEqual(secret);
    }
  });
});
