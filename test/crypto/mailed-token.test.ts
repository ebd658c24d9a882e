import { describe, expect, it } from 'vitest';
import { isMailedCode, mailedCode, signMailedToken, verifyMailedToken } from '../../src/crypto/mailed-token.ts';
import { signRefreshToken } from '../../src/crypto/refresh-token.ts';
import known from './known-answers.json' with { type: 'json' };

const { mailed, secretKey } = known;
const otherKey = btoa(String.fromCharCode(...Array.from({ length: 32 }, (_, i) => i)));

describe('a mailed token', () => {
  it.each(mailed)('for $purpose is the one that node:crypto signs', async ({ id, purpose, token }) => {
    expect(token).toHaveLength(80);
    expect(await signMailedToken(id, purpose, secretKey)).toBe(token);
    expect(await verifyMailedToken(token, purpose, secretKey)).toBe(id);
  });

  it.each(mailed)('for $purpose is for no other purpose', async ({ purpose, token }) => {
    const others = [...mailed.map((each) => each.purpose), '', `${purpose} `].filter((other) => other !== purpose);
    for (const other of others) expect(await verifyMailedToken(token, other, secretKey)).toBeUndefined();
  });

  it.each(mailed.slice(0, 2))('for $purpose verifies only unchanged and under its key', async ({ purpose, token }) => {
    expect(await verifyMailedToken(token, purpose, otherKey)).toBeUndefined();
    for (const index of Array.from(token.slice(0, -1), (_, i) => i)) {
      const changed = token[index] === '1' ? '2' : '1';
      const forged = token.slice(0, index) + changed + token.slice(index + 1);
      expect(await verifyMailedToken(forged, purpose, secretKey), String(index)).toBeUndefined();
    }
  });

  it.each(mailed)('for $purpose has one spelling', async ({ purpose, token }) => {
    // The last character holds four bits of the MAC and two spare bits.
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const last = alphabet.indexOf(token.slice(-1));
    const others = [
      ...[1, 2, 3].map((spare) => token.slice(0, -1) + alphabet[last + spare]),
      `${token}=`,
      `${token}\n`,
      ` ${token}`,
      token.toUpperCase(),
      token.replace('.', '..'),
      token.replace('.', ''),
      token.replaceAll('-', ''),
      `${token}.`,
      '',
    ];
    for (const other of others) expect(await verifyMailedToken(other, purpose, secretKey), other).toBeUndefined();
  });

  it('is no refresh token with the same id, and the reverse', async () => {
    for (const { id: sessionId, purpose } of mailed) {
      const refreshToken = await signRefreshToken({ sessionId, generation: 0 }, secretKey);
      const [, , mac] = refreshToken.split('.');
      expect(await verifyMailedToken(refreshToken, purpose, secretKey)).toBeUndefined();
      expect(await verifyMailedToken(`${sessionId}.${mac}`, purpose, secretKey)).toBeUndefined();
    }
  });
});

describe('a mailed code', () => {
  it.each(mailed)('$code for $purpose is the one of node:crypto', async ({ id, purpose, code }) => {
    expect(await mailedCode(id, purpose, secretKey)).toBe(code);
    expect(await isMailedCode(code, { id, purpose }, secretKey)).toBe(true);
  });

  it.each(mailed.filter(({ code }) => code.startsWith('0')))(
    'keeps the zeros before $code',
    async ({ id, purpose, code }) => {
      expect(code).toHaveLength(8);
      for (const other of [String(Number(code)), `0${code}`, code.slice(1)])
        expect(await isMailedCode(other, { id, purpose }, secretKey)).toBe(false);
    },
  );

  it.each(mailed)('$code is wrong for another purpose, id or key, and without an id', async ({ id, purpose, code }) => {
    const right = { id, purpose };
    for (const other of mailed.filter((each) => each.id !== id || each.purpose !== purpose))
      expect(await isMailedCode(code, { id: other.id, purpose: other.purpose }, secretKey)).toBe(false);
    expect(await isMailedCode(code, right, otherKey)).toBe(false);
    expect(await isMailedCode('', right, secretKey)).toBe(false);
  });

  it('is never right without an id, not even that of the empty id', async () => {
    for (const { purpose } of mailed) {
      const ofNothing = await mailedCode('', purpose, secretKey);
      expect(await isMailedCode(ofNothing, { id: undefined, purpose }, secretKey)).toBe(false);
    }
  });
});
