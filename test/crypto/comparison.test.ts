import { afterEach, describe, expect, it, vi } from 'vitest';
import { isClientSecret } from '../../src/crypto/client-secret.ts';
import { verifyPassword } from '../../src/crypto/password-hash.ts';
import { verifyRefreshToken } from '../../src/crypto/refresh-token.ts';
import known from './known-answers.json' with { type: 'json' };

afterEach(() => vi.restoreAllMocks());

/** The lengths of both sides of every constant-time comparison in `work`, and its result. */
async function comparisonsOf(work: () => Promise<unknown>) {
  const timingSafeEqual = vi.spyOn(crypto.subtle, 'timingSafeEqual');
  const result = await work();
  const compared = timingSafeEqual.mock.calls.map((sides) => sides.map(({ byteLength }) => byteLength));
  return { result, compared };
}

/** `text` with a different character at `index`. */
const changedAt = (text: string, index: number) =>
  text.slice(0, index) + (text[index] === 'A' ? 'B' : 'A') + text.slice(index + 1);

describe('a password', () => {
  const cheap = known.hashes.find(({ stored }) => stored.includes('$i=1000,p=$'));
  const { password, stored } = cheap ?? { password: '', stored: '' };
  const parameters = { iterations: 1000, peppers: known.peppers };
  const legacy = { areAccepted: true, firebase: undefined };
  const verdictOf = async (hash: string) => (await verifyPassword(password, hash, parameters, legacy)).verdict;
  const hashAt = stored.lastIndexOf('$') + 1;

  it.each([
    ['right', stored, 'right'],
    ['wrong at the first byte', changedAt(stored, hashAt), 'wrong'],
    ['wrong at the last byte', changedAt(stored, stored.length - 2), 'wrong'],
  ])('is compared by its whole hash in constant time: %s', async (_, hash, result) => {
    expect(await comparisonsOf(() => verdictOf(hash))).toEqual({
      result,
      compared: [[32, 32]],
    });
  });

  it('is wrong when any one character of its hash is', async () => {
    for (let index = hashAt; index < stored.length - 1; index += 1)
      expect(await verdictOf(changedAt(stored, index))).toBe('wrong');
  });
});

describe('the secret of a client', () => {
  const secret = 'abc';
  const secretHash = 'ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0';
  const credentials = [
    { id: 'api', secretHash },
    { id: 'other', secretHash: changedAt(secretHash, 0) },
    { id: 'another', secretHash: changedAt(secretHash, 41) },
  ];

  it.each([
    ['right', { id: 'api', secret }, true],
    ['wrong', { id: 'api', secret: 'abd' }, false],
    ['wrong at the first byte of its hash', { id: 'other', secret }, false],
    ['wrong at the last bytes of its hash', { id: 'another', secret }, false],
    ['of an unknown client', { id: 'nobody', secret }, false],
  ])('is compared with every credential in constant time: %s', async (_, presented, result) => {
    expect(await comparisonsOf(() => isClientSecret(presented, credentials))).toEqual({
      result,
      compared: credentials.map(() => [32, 32]),
    });
  });
});

describe('the MAC of a refresh token', () => {
  const [{ token, ...parts } = { token: '' }] = known.refreshTokens;
  const macAt = token.lastIndexOf('.') + 1;

  it.each([
    ['right', token, parts],
    ['wrong at the first byte', changedAt(token, macAt), undefined],
    ['wrong at the last byte', changedAt(token, token.length - 2), undefined],
  ])('is verified by Web Crypto, which compares in constant time: %s', async (_, presented, result) => {
    const verify = vi.spyOn(crypto.subtle, 'verify');
    expect(await verifyRefreshToken(presented, known.secretKey)).toEqual(result);
    expect(verify.mock.calls.map(([algorithm, , mac]) => [algorithm, mac.byteLength])).toEqual([['HMAC', 32]]);
  });
});
