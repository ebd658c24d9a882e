import type { FirebaseParameters } from './firebase-parameters.ts';
import type { LegacyHash } from './legacy-hash.ts';

/** What a hash costs to verify: its parameters as text, such as `cost 13`, and about how much CPU that takes. */
export type Price = { parameters: string; cpuMilliseconds: number };

/*
 * Measured on a quiet core by `node scripts/run.js bench/legacy-hashes`, in milliseconds. Other machines differ by a factor,
 * and the schemes keep their proportions.
 */
const BCRYPT_STEP = 525 / 2 ** 13;
const SCRYPT_STEP = 86 / 2 ** 18;
const NATIVE_ITERATION = 0.000_13;
const WASM_ITERATION = 0.000_45;

/**
 * What verifying `hash` costs a login, beside what every login costs. Without the parameters of the project, a Firebase
 * hash is not verified, so it costs nothing.
 */
export function priceOf(hash: LegacyHash, firebase?: FirebaseParameters): Price {
  switch (hash.scheme) {
    case 'bcrypt':
      return { parameters: `cost ${hash.cost}`, cpuMilliseconds: round(2 ** hash.cost * BCRYPT_STEP) };
    case 'werkzeug-scrypt':
    case 'better-auth-scrypt':
      return priceOfScrypt(hash);
    case 'firebase-scrypt':
      return firebase === undefined
        ? { parameters: 'no FIREBASE_SCRYPT', cpuMilliseconds: 0 }
        : priceOfScrypt({ N: 2 ** firebase.memCost, r: firebase.rounds, p: 1 });
    case 'werkzeug-pbkdf2':
    case 'django-pbkdf2':
      return priceOfPbkdf2(hash.iterations);
  }
}

const priceOfScrypt = ({ N, r, p }: { N: number; r: number; p: number }): Price => ({
  parameters: `N ${N}, r ${r}, p ${p}`,
  cpuMilliseconds: round(N * r * p * SCRYPT_STEP),
});

const priceOfPbkdf2 = (iterations: number): Price => ({
  parameters: `${iterations} iterations`,
  cpuMilliseconds: round(iterations * (iterations > 100_000 ? WASM_ITERATION : NATIVE_ITERATION)),
});

const round = (milliseconds: number) => Math.max(1, Math.round(milliseconds));
