import { describe, expect, it, vi } from 'vitest';
import { canVerify, hashPassword, needsRehash, verifyPassword } from '../../src/crypto/password-hash.ts';
import { schemeOf, UNUSABLE_HASH } from '../../src/crypto/password-scheme.ts';
import { pbkdf2, splitPbkdf2 } from '../../src/crypto/pbkdf2.ts';
import known from './known-answers.json' with { type: 'json' };
import legacyHashes from './legacy/known-answers.json' with { type: 'json' };

const bytes = (text: string) => new TextEncoder().encode(text);
const noLegacy = { areAccepted: true, firebase: undefined };
const verdictOf = async (...given: Parameters<typeof verifyPassword>) => (await verifyPassword(...given)).verdict;
const hex = (array: Uint8Array) => Array.from(array, (byte) => byte.toString(16).padStart(2, '0')).join('');

describe('PBKDF2', () => {
  it.each([
    {
      password: 'passwd',
      salt: 'salt',
      iterations: 1,
      derived: '55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc',
    },
    {
      password: 'Password',
      salt: 'NaCl',
      iterations: 80_000,
      derived: '4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56',
    },
  ])(
    'derives the keys of RFC 7914, section 11, in $iterations iterations',
    async ({ password, salt, iterations, derived }) => {
      expect(hex(await pbkdf2(bytes(password), bytes(salt), iterations))).toBe(derived);
      expect(hex(await splitPbkdf2(bytes(password), bytes(salt), iterations))).toBe(derived);
    },
  );

  it('never runs more than 100,000 iterations in one call', async () => {
    await expect(pbkdf2(bytes('a'), bytes('b'), 100_001)).rejects.toThrow(RangeError);
    const deriveBits = vi.spyOn(crypto.subtle, 'deriveBits');
    await splitPbkdf2(bytes('a'), bytes('b'), 250_000);
    const asked = deriveBits.mock.calls.map(([algorithm]) => typeof algorithm === 'object' && algorithm.iterations);
    deriveBits.mockRestore();
    expect(asked).toEqual([100_000, 100_000, 50_000]);
  });
});

describe('a password hash', () => {
  const parameters = { iterations: 1000, peppers: known.peppers };

  it.each(known.hashes)('from node:crypto verifies: $stored', async ({ password, stored }) => {
    expect(await verdictOf(password, stored, parameters, noLegacy)).toBe('right');
    expect(await verdictOf(`${password} `, stored, parameters, noLegacy)).toBe('wrong');
  });

  it('verifies a password typed in any Unicode normal form', async () => {
    const stored = await hashPassword('ﬁ Å'.normalize('NFC'), parameters);
    expect(await verdictOf('fi Å'.normalize('NFD'), stored, parameters, noLegacy)).toBe('right');
  });

  it('names its parameters and has a salt of its own', async () => {
    const plain = { iterations: 1234, peppers: [] };
    const [first, second] = await Promise.all([hashPassword('same', plain), hashPassword('same', plain)]);
    expect(first).toMatch(/^\$pbkdf2-sha256-split\$i=1234,p=\$[\w-]{22}\$[\w-]{43}$/);
    expect(second).not.toBe(first);
    expect(await hashPassword('same', parameters)).toMatch(/^\$pbkdf2-sha256-split\$i=1000,p=p1\$/);
  });

  it('needs a rehash when iterations or pepper have changed', async () => {
    const stored = await hashPassword('same', parameters);
    expect(needsRehash(stored, parameters)).toBe(false);
    expect(needsRehash(stored, { ...parameters, iterations: 1001 })).toBe(true);
    expect(needsRehash(stored, { ...parameters, iterations: 999 })).toBe(true);
    expect(needsRehash(stored, { ...parameters, peppers: [] })).toBe(true);
  });

  it('whose pepper is missing is an error and not a mismatch', async () => {
    const peppered = await hashPassword('same', parameters);
    const without = { iterations: 1000, peppers: [] };
    await expect(verifyPassword('same', peppered, without, noLegacy)).rejects.toThrow('pepper');
    expect(await canVerify(peppered, without, noLegacy)).toBe(false);
    expect(await canVerify(peppered, parameters, noLegacy)).toBe(true);
  });

  it('that is malformed cannot be verified', async () => {
    const stored = await hashPassword('same', parameters);
    const tooMany = stored.replace('i=1000', 'i=10000001');
    const broken = ['', 'plain', '$2b$10$abcdefghijklmnopqrstuv', stored.slice(0, -1), `${stored}A`, tooMany];
    for (const hash of [...broken, stored.replace('i=1000', 'i=0'), 'x'.repeat(100_000)]) {
      expect(await verdictOf('same', hash, parameters, noLegacy)).toBe('unverifiable_hash');
      expect(needsRehash(hash, parameters)).toBe(true);
    }
  });

  it('of no password cannot log in', async () => {
    expect(await verdictOf('', UNUSABLE_HASH, parameters, noLegacy)).toBe('wrong');
    expect(await canVerify(UNUSABLE_HASH, parameters, noLegacy)).toBe(false);
    expect(schemeOf(UNUSABLE_HASH)).toBe('none');
  });

  it('of another system is not accepted after its time', async () => {
    const bcrypt = legacyHashes.find(({ scheme }) => scheme === 'bcrypt');
    const { password, hash } = bcrypt ?? { password: '', hash: '' };
    const expired = { ...noLegacy, areAccepted: false };
    expect(await verdictOf(password, hash, parameters, noLegacy)).toBe('right');
    expect(await verdictOf(password, hash, parameters, expired)).toBe('legacy_hash_expired');
    expect(await canVerify(hash, parameters, noLegacy)).toBe(true);
    expect(await canVerify(hash, parameters, expired)).toBe(false);
    expect(needsRehash(hash, parameters)).toBe(true);
  });

  it.each(legacyHashes)('of $scheme is known by its look', ({ scheme, hash }) => {
    expect(schemeOf(hash)).toBe(scheme);
  });
});

describe('the work of a verification', () => {
  const inForce = { iterations: 250_000, peppers: [] };

  async function iterationsOf(work: () => Promise<unknown>) {
    const deriveBits = vi.spyOn(crypto.subtle, 'deriveBits');
    await work();
    const asked = deriveBits.mock.calls.map(([algorithm]) =>
      Number(typeof algorithm === 'object' && algorithm.iterations),
    );
    deriveBits.mockRestore();
    return asked;
  }

  it('is the same for an unknown user and for a wrong password', async () => {
    const stored = await hashPassword('right', inForce);
    const unknown = await iterationsOf(() => verifyPassword('wrong', undefined, inForce, noLegacy));
    expect(unknown).toEqual([100_000, 100_000, 50_000]);
    expect(await iterationsOf(() => verifyPassword('wrong', stored, inForce, noLegacy))).toEqual(unknown);
  });

  it('is the same with a pepper: one MAC for an unknown user and for a wrong password', async () => {
    const peppered = { ...inForce, peppers: known.peppers };
    const stored = await hashPassword('right', peppered);
    for (const hash of [undefined, stored]) {
      const sign = vi.spyOn(crypto.subtle, 'sign');
      expect(await iterationsOf(() => verifyPassword('wrong', hash, peppered, noLegacy))).toEqual([
        100_000, 100_000, 50_000,
      ]);
      const macs = sign.mock.calls.map(([algorithm]) => algorithm);
      sign.mockRestore();
      expect(macs).toEqual(['HMAC']);
    }
  });

  it.each(['right', 'wrong'])(
    'is that of a new hash when the stored hash has fewer iterations: %s password',
    async (password) => {
      const stored = await hashPassword('right', { iterations: 100_000, peppers: [] });
      const asked = await iterationsOf(() => verifyPassword(password, stored, inForce, noLegacy));
      expect(asked).toEqual([100_000, 100_000, 50_000]);
    },
  );

  it('is that of a new hash on top for a hash of another system, whatever the password, or of nobody', async () => {
    const cheap = legacyHashes.find(({ hash }) => hash.startsWith('$2b$04$'));
    for (const password of ['wrong', cheap?.password ?? '']) {
      const asked = await iterationsOf(() => verifyPassword(password, cheap?.hash, inForce, noLegacy));
      expect(asked).toEqual([100_000, 100_000, 50_000]);
    }
    const unknown = await iterationsOf(() => verifyPassword('wrong', 'of nobody', inForce, noLegacy));
    expect(unknown).toEqual([100_000, 100_000, 50_000]);
  });

  it('is more when the stored hash has more iterations', async () => {
    const stored = await hashPassword('right', inForce);
    const asked = await iterationsOf(() =>
      verifyPassword('wrong', stored, { iterations: 1000, peppers: [] }, noLegacy),
    );
    expect(asked).toEqual([100_000, 100_000, 50_000]);
  });
});
