// npm run passwords:generate: makes the list of common passwords that src/domain/account/common-passwords.ts refuses.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { dictionary } from '@zxcvbn-ts/language-common';
import { foldCase } from '../../src/crypto/unicode.ts';

const FILE = 'src/domain/account/common-passwords.txt';

/** What the list may add to the bundle, which is compressed on its way to the edge. */
const MAX_GZIPPED_BYTES = 40 * 1024;

/** Most are for production, which asks for 8 characters; the shorter ones are for development, which asks for 6. */
const QUOTAS = [
  { minLength: 8, maxLength: Infinity, count: 9_000 },
  { minLength: 6, maxLength: 7, count: 1_000 },
];

/** The commonest first, as the package has them, in the one form that passwords are compared in. */
const ranked = Array.from(new Set(dictionary['passwords-common'].map(foldCase)));

// Sorted, they compress to three quarters of what they do by rank; and sorted by code unit, everywhere the same way.
const passwords = QUOTAS.flatMap(({ minLength, maxLength, count }) =>
  ranked.filter(({ length }) => length >= minLength && length <= maxLength).slice(0, count),
).toSorted();

const text = passwords.map((password) => `${password}\n`).join('');
const gzippedBytes = gzipSync(text, { level: 9 }).length;
if (gzippedBytes > MAX_GZIPPED_BYTES) throw new Error(`${FILE} would have ${gzippedBytes} bytes, gzipped.`);

writeFileSync(join(import.meta.dirname, '..', '..', FILE), text);
console.log(`${FILE}: ${passwords.length} passwords, ${text.length} bytes, ${gzippedBytes} gzipped`);
