import { applyD1Migrations } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { isLibsql, sql } from './database.ts';

beforeAll(async () => {
  if (!isLibsql) await applyD1Migrations(env.DB, env.MIGRATIONS);
});
beforeEach(() => sql('DELETE FROM users'));

/** What production refuses and local workerd lets pass: a call above the cap fails any test that comes across it. */
const { subtle } = crypto;
const deriveBits = subtle.deriveBits.bind(subtle);
beforeAll(() => {
  subtle.deriveBits = (algorithm, ...rest) => {
    const { iterations = 0 } = typeof algorithm === 'string' ? {} : algorithm;
    if (iterations > 100_000)
      throw new DOMException('iteration counts above 100000 are not supported', 'NotSupportedError');
    return deriveBits(algorithm, ...rest);
  };
});
afterAll(() => {
  subtle.deriveBits = deriveBits;
});
