import { describe, expect, it } from 'vitest';
import { makeRecoveryCodes, parseRecoveryCode, recoveryCodeMac } from '../../src/crypto/recovery-code.ts';
import known from './factor-answers.json' with { type: 'json' };

const { recoveryCodes, secretKey } = known;
const otherKey = btoa(String.fromCharCode(...Array.from({ length: 32 }, (_, i) => i)));

describe('recovery codes', () => {
  it('are ten different ones, of 80 random bits in base32', () => {
    const codes = Array.from({ length: 50 }, makeRecoveryCodes);
    expect(codes.every(({ length }) => length === 10)).toBe(true);
    expect(new Set(codes.flat()).size).toBe(500);
    for (const code of codes.flat()) expect(code).toMatch(/^[A-Z2-7]{4}(-[A-Z2-7]{4}){3}$/);
    // Every place has every character: none of 32 is missing among 500 by chance, save once in four billion years.
    const places = Array.from(
      { length: 16 },
      (_, i) => new Set(codes.flat().map((code) => code.replaceAll('-', '')[i])),
    );
    for (const place of places) expect(place.size).toBe(32);
  });

  it('are read as they are written', () => {
    for (const code of makeRecoveryCodes()) expect(parseRecoveryCode(code)).toBe(code.replaceAll('-', ''));
  });

  it.each([
    'ABCD-EFGH-OIBK-2345',
    'abcd-efgh-oibk-2345',
    'ABCDEFGHOIBK2345',
    ' ABCD EFGH\tOIBK 2345\n',
    'ABCD–EFGH—OIBK‑2345',
    'ABCD-EFGH-018K-2345',
    '-a-b-c-d-e-f-g-h-o-i-b-k-2-3-4-5-',
  ])('are forgiven the form %j', (typed) => {
    expect(parseRecoveryCode(typed)).toBe('ABCDEFGHOIBK2345');
  });

  it.each([
    '',
    'ABCD-EFGH-OIBK-234',
    'ABCD-EFGH-OIBK-23456',
    'ABCD-EFGH-OIBK-2349',
    'ABCD_EFGH_OIBK_2345',
    'ABCD.EFGH.OIBK.2345',
    'ÄBCD-EFGH-OIBK-2345',
    `${'-'.repeat(50)}ABCDEFGHOIBK2345`,
  ])('have not the form %j', (typed) => {
    expect(parseRecoveryCode(typed)).toBeUndefined();
  });
});

describe('the MAC of a recovery code', () => {
  it.each(recoveryCodes)('$code is the one of node:crypto', async ({ code, userId, mac }) => {
    expect(await recoveryCodeMac(code, userId, secretKey)).toBe(mac);
  });

  it('is another one for another account, code or key', async () => {
    const macs = await Promise.all([
      recoveryCodeMac('ABCDEFGHIJKLMNOP', 'joe', secretKey),
      recoveryCodeMac('ABCDEFGHIJKLMNOP', 'jane', secretKey),
      recoveryCodeMac('ABCDEFGHIJKLMNOQ', 'joe', secretKey),
      recoveryCodeMac('ABCDEFGHIJKLMNOP', 'joe', otherKey),
    ]);
    expect(new Set(macs).size).toBe(4);
  });
});
