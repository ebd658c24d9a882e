import { describe, expect, it } from 'vitest';
import { parseFirebaseParameters } from '../../../src/crypto/legacy/firebase-parameters.ts';
import { parseLegacyHash } from '../../../src/crypto/legacy/parse.ts';
import { priceOf } from '../../../src/crypto/legacy/price.ts';
import { verifyLegacyHash } from '../../../src/crypto/legacy/verify.ts';
import knownAnswers from './known-answers.json' with { type: 'json' };

/** As published beside the example hash: https://github.com/firebase/scrypt */
const firebase = parseFirebaseParameters(
  JSON.stringify({
    base64_signer_key: 'jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==',
    base64_salt_separator: 'Bw==',
    rounds: 8,
    mem_cost: 14,
  }),
);

const verify = (password: string, stored: string, parameters = firebase) =>
  verifyLegacyHash(password, parseLegacyHash(stored), parameters);

/** Passwords that look like `password`. They differ within the first 72 bytes, because bcrypt ignores the others. */
const neighboursOf = (password: string) => [
  password.slice(1),
  `${password[0]}${password}`,
  password.replace(/\p{L}/u, (letter) =>
    letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase(),
  ),
];

const isLong = (password: string) => new TextEncoder().encode(password).length >= 72;

const find = (scheme: string, fits: (answer: (typeof knownAnswers)[number]) => boolean = () => true) => {
  const found = knownAnswers.find((answer) => answer.scheme === scheme && fits(answer));
  if (found === undefined) throw new Error(`no known answer of ${scheme}`);
  return found;
};

describe('a hash of another system', () => {
  it.each(knownAnswers)('of $from verifies: $hash', async ({ scheme, password, hash }) => {
    expect(parseLegacyHash(hash).scheme).toBe(scheme);
    expect(await verify(password, hash)).toBe(true);
    const { cpuMilliseconds } = priceOf(parseLegacyHash(hash), firebase);
    const neighbours = cpuMilliseconds > 100 ? neighboursOf(password).slice(0, 1) : neighboursOf(password);
    for (const neighbour of neighbours) expect(await verify(neighbour, hash)).toBe(false);
  });

  it.each(['bcrypt', 'werkzeug-scrypt', 'werkzeug-pbkdf2', 'django-pbkdf2', 'better-auth-scrypt'])(
    'of %s tells a password with one more character at its end from the right one',
    async (scheme) => {
      const { password, hash } = find(scheme, ({ password }) => !isLong(password));
      expect(await verify(`${password}!`, hash)).toBe(false);
      expect(await verify(password.slice(0, -1), hash)).toBe(false);
    },
  );

  it.each(['bcrypt', 'werkzeug-scrypt', 'werkzeug-pbkdf2', 'django-pbkdf2'])(
    'of %s takes the password as it was typed, without a normal form',
    async (scheme) => {
      const composed = find(scheme, ({ password }) => password !== password.normalize('NFD') && !isLong(password));
      expect(await verify(composed.password, composed.hash)).toBe(true);
      expect(await verify(composed.password.normalize('NFD'), composed.hash)).toBe(false);
    },
  );

  it('of Better Auth takes the password in any normal form', async () => {
    const composed = find('better-auth-scrypt', ({ password }) => password !== password.normalize('NFD'));
    expect(await verify(composed.password.normalize('NFD'), composed.hash)).toBe(true);
    expect(await verify(composed.password.normalize('NFKC'), composed.hash)).toBe(true);
  });

  it.each(['werkzeug-scrypt', 'werkzeug-pbkdf2', 'django-pbkdf2', 'better-auth-scrypt'])(
    'of %s takes all of a long password',
    async (scheme) => {
      const { password, hash } = find(scheme, ({ password }) => password.length > 100);
      expect(await verify(`${password}!`, hash)).toBe(false);
    },
  );

  it('of Firebase does not verify with the parameters of another project', async () => {
    const { password, hash } = find('firebase-scrypt');
    if (firebase === undefined) throw new Error('the parameters are not read');
    expect(await verify(password, hash, { ...firebase, signerKey: firebase.signerKey.toReversed() })).toBe(false);
    expect(await verify(password, hash, { ...firebase, saltSeparator: new Uint8Array([8]) })).toBe(false);
    expect(await verify(password, hash, { ...firebase, rounds: 7 })).toBe(false);
    expect(await verify(password, hash, { ...firebase, memCost: 13 })).toBe(false);
  });

  it('of Firebase is refused without parameters', async () => {
    const { password, hash } = find('firebase-scrypt');
    await expect(verifyLegacyHash(password, parseLegacyHash(hash), undefined)).rejects.toThrow(
      expect.objectContaining({
        name: 'UnsupportedHashError',
        message: 'firebase-scrypt needs the secret FIREBASE_SCRYPT.',
      }),
    );
  });
});

describe('bcrypt', () => {
  it('ignores what follows the first 72 bytes of a password, as the original does', async () => {
    const { password, hash } = find('bcrypt', ({ password }) => password.length > 100);
    expect(await verify(password.slice(0, 72), hash)).toBe(true);
    expect(await verify(`${password} and more`, hash)).toBe(true);
    expect(await verify(password.slice(0, 71), hash)).toBe(false);
  });

  it('refuses a password with a NUL, which repeats another password', async () => {
    const { password, hash } = find('bcrypt', ({ password }) => !isLong(password));
    expect(await verify(`${password}\0`, hash)).toBe(false);
    expect(await verify(`${password}\0${password}`, hash)).toBe(false);
  });

  it('takes the three prefixes for one another', async () => {
    const { password, hash } = find('bcrypt');
    for (const prefix of ['$2a$', '$2b$', '$2y$']) expect(await verify(password, prefix + hash.slice(4))).toBe(true);
  });
});
