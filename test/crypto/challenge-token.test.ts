import { describe, expect, it } from 'vitest';
import {
  type Challenge,
  type ChallengePurpose,
  signChallengeToken,
  verifyChallengeToken,
} from '../../src/crypto/challenge-token.ts';
import { signMailedToken } from '../../src/crypto/mailed-token.ts';
import known from './factor-answers.json' with { type: 'json' };

const { secretKey } = known;
const otherKey = btoa(String.fromCharCode(...Array.from({ length: 32 }, (_, i) => i)));
const network = '2001:db8:0:1::/64';
const now = new Date(1_800_000_000_000);

const purposes: ChallengePurpose[] = ['log_in', 'enrol', 'sign_in', 'add_passkey', 'add_totp'];

const tokens = known.challengeTokens.map(({ challenge: { expiresAt, ...rest }, purpose, token }) => {
  const challenge: Challenge = { ...rest, expiresAt: new Date(expiresAt) };
  return { purpose: purposes.find((each) => each === purpose) ?? 'log_in', challenge, token };
});

describe('a challenge token', () => {
  it('has a known answer for each purpose', () => {
    expect(tokens.map(({ purpose }) => purpose)).toEqual(purposes);
  });

  it.each(tokens)('for $purpose is the one that node:crypto signs', async ({ challenge, purpose, token }) => {
    expect(await signChallengeToken(challenge, { purpose, network, secretKey })).toBe(token);
    expect(await verifyChallengeToken(token, { purpose, network, secretKey, now })).toEqual(challenge);
  });

  it.each(tokens)('for $purpose is for no other purpose, network or key', async ({ purpose, token }) => {
    for (const other of purposes.filter((each) => each !== purpose))
      expect(await verifyChallengeToken(token, { purpose: other, network, secretKey, now })).toBeUndefined();
    for (const other of ['', '2001:db8:0:2::/64', ` ${network}`, `${network}.`])
      expect(await verifyChallengeToken(token, { purpose, network: other, secretKey, now })).toBeUndefined();
    expect(await verifyChallengeToken(token, { purpose, network, secretKey: otherKey, now })).toBeUndefined();
  });

  it.each(tokens)('for $purpose ends when it says', async ({ challenge, purpose, token }) => {
    const verifyAt = (milliseconds: number) =>
      verifyChallengeToken(token, { purpose, network, secretKey, now: new Date(milliseconds) });
    const end = challenge.expiresAt.getTime();
    expect(await verifyAt(end - 1)).toEqual(challenge);
    expect(await verifyAt(end)).toBeUndefined();
    expect(await verifyAt(end + 1)).toBeUndefined();
  });

  it.each(tokens)('for $purpose cannot be changed anywhere', async ({ purpose, token }) => {
    for (const index of Array.from(token, (_, i) => i)) {
      const forged = token.slice(0, index) + (token[index] === '1' ? '2' : '1') + token.slice(index + 1);
      expect(await verifyChallengeToken(forged, { purpose, network, secretKey, now }), String(index)).toBeUndefined();
    }
  });

  it.each(tokens)('for $purpose has one spelling', async ({ purpose, token }) => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const spare = [1, 2, 3].map((bits) => token.slice(0, -1) + alphabet[alphabet.indexOf(token.slice(-1)) + bits]);
    const dots = [token.replace('.', ''), token.replace('.', '..'), `.${token}`, `${token}.`, token.replace('.', '=.')];
    for (const other of [...spare, ...dots, `${token}=`, `${token}\n`, ` ${token}`, token.split('.')[0] ?? '', '', '.'])
      expect(await verifyChallengeToken(other, { purpose, network, secretKey, now }), other).toBeUndefined();
  });

  it('moves nothing between payload and network', async () => {
    const { token = '' } = tokens[0] ?? {};
    const [payload = '', mac = ''] = token.split('.');
    for (const [shorter, longer] of [
      [payload.slice(0, -1), `${payload.slice(-1)}.${network}`],
      [`${payload}.${network}`, ''],
    ])
      expect(
        await verifyChallengeToken(`${shorter}.${mac}`, { purpose: 'log_in', network: longer ?? '', secretKey, now }),
      ).toBeUndefined();
  });

  it('is not longer than 1024 characters', async () => {
    const sign = (length: number) =>
      signChallengeToken(
        { id: 'x'.repeat(length), expiresAt: new Date(now.getTime() + 1) },
        { purpose: 'sign_in', network, secretKey },
      );
    const verify = (token: string) => verifyChallengeToken(token, { purpose: 'sign_in', network, secretKey, now });
    const [longest, longer] = await Promise.all([sign(700), sign(701)]);
    expect([longest.length, longer.length]).toEqual([1024, 1026]);
    expect(await verify(longest)).toMatchObject({ id: 'x'.repeat(700) });
    expect(await verify(longer)).toBeUndefined();
  });

  it('is no other token of the service', async () => {
    const mailed = await signMailedToken('01a21687-ed01-75e3-a603-17a873145f4d', 'log_in', secretKey);
    for (const purpose of purposes)
      expect(await verifyChallengeToken(mailed, { purpose, network, secretKey, now })).toBeUndefined();
  });
});
