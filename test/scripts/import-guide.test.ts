import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { parseFirebaseParameters } from '../../src/crypto/legacy/firebase-parameters.ts';
import { parseLegacyHash } from '../../src/crypto/legacy/parse.ts';
import { priceOf } from '../../src/crypto/legacy/price.ts';
import { UnsupportedHashError } from '../../src/crypto/legacy/unsupported-hash.ts';
import { FIREBASE_SCRYPT } from '../support/firebase.ts';

const guide = readFileSync('docs/how-to/import-users.md', 'utf8');
const user = z.object({ password_hash: z.string().nullable() });
const hashes = readFileSync('examples/import/users.ndjson', 'utf8')
  .trim()
  .split('\n')
  .flatMap((line) => user.parse(JSON.parse(line)).password_hash ?? []);

/** The scheme, parameters and CPU time of `hash`; `undefined` when no login could verify it. */
function describeHash(hash: string): string | undefined {
  try {
    const parsed = parseLegacyHash(hash);
    const { parameters, cpuMilliseconds } = priceOf(parsed, parseFirebaseParameters(FIREBASE_SCRYPT));
    return `${parsed.scheme}: ${parameters}: ${cpuMilliseconds}`;
  } catch (error) {
    if (error instanceof UnsupportedHashError) return undefined;
    throw error;
  }
}

it('says what a login with each hash of the example costs', () => {
  const rows = guide.matchAll(/^\| `([\w-]+)` +\| [^|]+\| ([^|]+?) +\| (\d+) +\|$/gm);
  const documented = Array.from(rows, ([, scheme, parameters, cpu]) => `${scheme}: ${parameters}: ${cpu}`);
  expect(documented).toEqual(hashes.map(describeHash).filter((described) => described !== undefined));
});

it('states the limits of hashes', () => {
  const scrypt = (N: number, r: number, p: number) => `scrypt:${N}:${r}:${p}$salt$${'0'.repeat(128)}`;
  const django = (iterations: number) => `pbkdf2_sha256$${iterations}$salt$${'A'.repeat(43)}=`;
  const bcrypt = (cost: number) => `$2b$${cost}$${'.'.repeat(53)}`;
  const most = [bcrypt(14), scrypt(2 ** 16, 8, 2), scrypt(2 ** 15, 16, 2), django(2_000_000)];
  const over = [bcrypt(15), scrypt(2 ** 17, 8, 1), scrypt(2 ** 15, 16, 4), django(2_000_001)];
  expect(most.filter((hash) => describeHash(hash) === undefined)).toEqual([]);
  expect(over.filter((hash) => describeHash(hash) !== undefined)).toEqual([]);
  for (const limit of ['cost 14', '64 MiB of memory', '1,048,576', '2,000,000 iterations']) {
    expect(guide).toContain(limit);
  }
});
