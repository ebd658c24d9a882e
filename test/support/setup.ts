import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { emptyTables, isLibsql } from './database.ts';

beforeAll(async () => {
  if (!isLibsql) await applyD1Migrations(env.DB, env.MIGRATIONS);
});
beforeEach(emptyTables);

/** Production refuses PBKDF2 above this cap and the local workerd does not, so the tests refuse it too. */
const { subtle } = crypto;
const deriveBits = subtle.deriveBits.bind(subtle);
const deriveKey = subtle.deriveKey.bind(subtle);
beforeAll(() => {
  subtle.deriveBits = async (algorithm, ...rest) => deriveBits(capped(algorithm), ...rest);
  subtle.deriveKey = async (algorithm, ...rest) => deriveKey(capped(algorithm), ...rest);
});
afterAll(() => Object.assign(subtle, { deriveBits, deriveKey }));

function capped<T extends string | SubtleCryptoDeriveKeyAlgorithm>(algorithm: T): T {
  const { iterations = 0 } = typeof algorithm === 'string' ? {} : algorithm;
  if (iterations <= 100_000) return algorithm;
  throw new DOMException('iteration counts above 100000 are not supported', 'NotSupportedError');
}
