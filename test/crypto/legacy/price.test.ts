import { describe, expect, it } from 'vitest';
import { parseFirebaseParameters } from '../../../src/crypto/legacy/firebase-parameters.ts';
import { parseLegacyHash } from '../../../src/crypto/legacy/parse.ts';
import { priceOf } from '../../../src/crypto/legacy/price.ts';
import knownAnswers from './known-answers.json' with { type: 'json' };

const firebase = parseFirebaseParameters(
  JSON.stringify({ base64_signer_key: 'A'.repeat(86), base64_salt_separator: 'Bw', rounds: 8, mem_cost: 14 }),
);

/** The price of the known answer that begins with `start`. */
function priceOfKnown(start: string) {
  const found = knownAnswers.find(({ hash }) => hash.startsWith(start));
  if (found === undefined) throw new Error(`no known answer begins with ${start}`);
  return priceOf(parseLegacyHash(found.hash), firebase);
}

describe('the price of a hash of another system', () => {
  it.each([
    ['$2a$04$', { parameters: 'cost 4', cpuMilliseconds: 1 }],
    ['$2b$13$', { parameters: 'cost 13', cpuMilliseconds: 525 }],
    ['scrypt:32768:8:1$', { parameters: 'N 32768, r 8, p 1', cpuMilliseconds: 86 }],
    ['scrypt:2048:4:3$', { parameters: 'N 2048, r 4, p 3', cpuMilliseconds: 8 }],
    ['pbkdf2:sha256:1$', { parameters: '1 iterations', cpuMilliseconds: 1 }],
    ['pbkdf2_sha256$100000$', { parameters: '100000 iterations', cpuMilliseconds: 13 }],
    ['pbkdf2_sha256$100001$', { parameters: '100001 iterations', cpuMilliseconds: 41 }],
    ['pbkdf2_sha256$600000$', { parameters: '600000 iterations', cpuMilliseconds: 246 }],
    ['$firebase-scrypt$', { parameters: 'N 16384, r 8, p 1', cpuMilliseconds: 43 }],
  ])('of %s… is its parameters and the CPU of a login', (start, price) => {
    expect(priceOfKnown(start)).toEqual(price);
  });

  it('of Better Auth is the same for every hash', () => {
    const answers = knownAnswers.filter(({ scheme }) => scheme === 'better-auth-scrypt');
    for (const { hash } of answers)
      expect(priceOf(parseLegacyHash(hash))).toEqual({ parameters: 'N 16384, r 16, p 1', cpuMilliseconds: 86 });
  });

  it('of Firebase is nothing while the parameters of the project are missing', () => {
    const hash = parseLegacyHash(`$firebase-scrypt$AAAA$${'A'.repeat(86)}`);
    expect(priceOf(hash)).toEqual({ parameters: 'no FIREBASE_SCRYPT', cpuMilliseconds: 0 });
  });
});
