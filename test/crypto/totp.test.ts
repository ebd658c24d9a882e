import { describe, expect, it } from 'vitest';
import { decodeBase32, encodeBase32 } from '../../src/crypto/base32.ts';
import { makeTotpSecret, matchTotp, otpauthUri, TOTP_STEP_SECONDS, totpCode } from '../../src/crypto/totp.ts';

const secret = new TextEncoder().encode('12345678901234567890');

/** The vectors of RFC 6238, appendix B, for SHA-1. They have eight digits; six are the last of them. */
const vectors = [
  { seconds: 59, code: '94287082' },
  { seconds: 1_111_111_109, code: '07081804' },
  { seconds: 1_111_111_111, code: '14050471' },
  { seconds: 1_234_567_890, code: '89005924' },
  { seconds: 2_000_000_000, code: '69279037' },
  { seconds: 20_000_000_000, code: '65353130' },
].map(({ seconds, code }) => ({ seconds, step: Math.floor(seconds / 30), code: code.slice(2) }));

/** The vectors of RFC 4226, appendix D: the codes of the first ten steps. */
const first = '755224 287082 359152 969429 338314 254676 287922 162583 399871 520489'.split(' ');

const at = (seconds: number) => new Date(seconds * 1000);

describe('a TOTP code', () => {
  it.each(vectors)('at $seconds seconds is $code, as in RFC 6238', async ({ seconds, step, code }) => {
    expect(await totpCode(secret, step)).toBe(code);
    expect(await matchTotp(secret, code, at(seconds))).toBe(step);
  });

  it('of the first steps is that of RFC 4226', async () => {
    expect(await Promise.all(first.map((_, step) => totpCode(secret, step)))).toEqual(first);
  });

  it('is right in its own step, the one before and the one after, to the millisecond', async () => {
    const match = (milliseconds: number) => matchTotp(secret, first[5] ?? '', new Date(milliseconds));
    expect(TOTP_STEP_SECONDS).toBe(30);
    expect(await match(120_000 - 1)).toBeUndefined();
    for (const milliseconds of [120_000, 150_000, 179_999, 210_000 - 1]) expect(await match(milliseconds)).toBe(5);
    expect(await match(210_000)).toBeUndefined();
  });

  it('of several steps is that of the latest, so that it cannot be used again as a later one', async () => {
    // Python's hmac finds these: two steps in a row with one code, and two with one between them.
    for (const { code, steps } of [
      { code: '911617', steps: [910_737, 910_738] },
      { code: '468457', steps: [153_567, 153_569] },
    ]) {
      expect(await Promise.all(steps.map((step) => totpCode(secret, step)))).toEqual([code, code]);
      const [earlier = 0, later = 0] = steps;
      expect(await matchTotp(secret, code, at((later - 1) * 30))).toBe(later);
      expect(await matchTotp(secret, code, at((earlier - 1) * 30))).toBe(earlier);
    }
  });

  it.each(['', '28708', '2870820', ' 287082', '287 082', '２８７０８２', '287O82', '28708é', '000000'])(
    'is not %j',
    async (code) => {
      expect(await matchTotp(secret, code, at(59))).toBeUndefined();
    },
  );

  it('of another secret is wrong', async () => {
    expect(await matchTotp(new TextEncoder().encode('12345678901234567891'), '287082', at(59))).toBeUndefined();
  });
});

describe('a TOTP secret', () => {
  it('has 160 random bits', () => {
    const secrets = Array.from({ length: 50 }, makeTotpSecret);
    expect(secrets.every(({ length }) => length === 20)).toBe(true);
    expect(new Set(secrets.map(encodeBase32)).size).toBe(50);
  });

  it('goes to an app as a URI', () => {
    const uri = otpauthUri({ secret: encodeBase32(secret), issuer: 'Joe & Co: #1', account: 'joe+1@example.com' });
    expect(uri).toBe(
      'otpauth://totp/Joe%20%26%20Co%3A%20%231:joe%2B1%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Joe%20%26%20Co%3A%20%231&algorithm=SHA1&digits=6&period=30',
    );
    expect(decodeBase32(new URL(uri).searchParams.get('secret') ?? '')).toEqual(secret);
  });
});
