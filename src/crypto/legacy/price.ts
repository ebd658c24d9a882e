import type { FirebaseParameters } from './firebase-parameters.ts';
import type { LegacyHash } from './legacy-hash.ts';

/** What a hash costs to verify: its parameters as text, such as `cost 13`, and about how much CPU that takes. */
export type Price = { parameters: string; cpuMilliseconds: number };

// In milliseconds, measured on a quiet core by `npm run bench:hashes`. On another machine, all differ by about the same factor.
const BCRYPT_STEP = 525 / 2 ** 13;
const SCRYPT_STEP = 86 / 2 ** 18;
const NATIVE_ITERATION = 0.000_13;
const WASM_ITERATION = 0.000_41;

/**
 * What verifying `hash` costs a login, beside what every login costs. Without the parameters of the project, a Firebase
 * hash is not verified, so it costs nothing.
 */
export function priceOf(hash: LegacyHash, firebase?: FirebaseParameters): Price {
  if (hash.scheme === 'bcrypt') return priceOfBcrypt(hash.cost);
  if (hash.scheme === 'firebase-scrypt') return priceOfFirebase(firebase);
  return 'N' in hash ? priceOfScrypt(hash) : priceOfPbkdf2(hash.iterations);
}

const priceOfBcrypt = (cost: number): Price => ({
  parameters: `cost ${cost}`,
  cpuMilliseconds: round(2 ** cost * BCRYPT_STEP),
});

const priceOfFirebase = (firebase: FirebaseParameters | undefined): Price =>
  firebase === undefined
    ? { parameters: 'no FIREBASE_SCRYPT', cpuMilliseconds: 0 }
    : priceOfScrypt({ N: 2 ** firebase.memCost, r: firebase.rounds, p: 1 });

const priceOfScrypt = ({ N, r, p }: { N: number; r: number; p: number }): Price => ({
  parameters: `N ${N}, r ${r}, p ${p}`,
  cpuMilliseconds: round(N * r * p * SCRYPT_STEP),
});

/** What verifying a hash of this service costs: PBKDF2 that is split into calls of Web Crypto. */
export const priceOfOwn = (iterations: number): Price => ({
  parameters: `${iterations} iterations`,
  cpuMilliseconds: round(iterations * NATIVE_ITERATION),
});

const priceOfPbkdf2 = (iterations: number): Price => ({
  parameters: `${iterations} iterations`,
  cpuMilliseconds: round(iterations * (iterations > 100_000 ? WASM_ITERATION : NATIVE_ITERATION)),
});

const round = (milliseconds: number) => Math.max(1, Math.round(milliseconds));
