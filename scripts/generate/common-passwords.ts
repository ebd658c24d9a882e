// npm run passwords:generate: writes the list of common passwords that the service refuses. npm run passwords:check only checks.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { dictionary } from '@zxcvbn-ts/language-common';
import { foldCase } from '../../src/crypto/unicode.ts';
import { encodeWords } from '../../src/domain/account/front-coding.ts';
import { type Command, Failure, parseCommandLine, UsageError } from '../command.ts';

const FILE = 'src/domain/account/common-passwords.txt';

/** What the list may add to the bundle, which is compressed on its way to the edge. */
const MAX_GZIPPED_BYTES = 25_000;

/** Most are for production, whose minimum is 8 characters. The shorter ones are for development, whose minimum is 6. */
const QUOTAS = [
  { minLength: 8, maxLength: Infinity, count: 9_000 },
  { minLength: 6, maxLength: 7, count: 1_000 },
];

export const command: Command = {
  usage: `npm run passwords:generate
       npm run passwords:check

Writes ${FILE} from the most common passwords of @zxcvbn-ts/language-common, or
checks that it holds them.`,

  run: (args) => {
    const { values, positionals } = parseCommandLine(args, { check: { type: 'boolean', default: false } });
    if (positionals.length > 0) throw new UsageError('This command takes no arguments.');
    const passwords = choosePasswords();
    const text = encodeWords(passwords);
    const gzippedBytes = gzipSync(text, { level: 9 }).length;
    if (gzippedBytes > MAX_GZIPPED_BYTES) throw new Error(`${FILE} would have ${gzippedBytes} bytes, gzipped.`);
    const file = join(import.meta.dirname, '..', '..', FILE);
    if (!values.check) writeFileSync(file, text);
    else if (readFileSync(file, 'utf8') !== text)
      throw new Failure(`${FILE} is not what its source makes. Run \`npm run passwords:generate\`.`);
    console.log(`${FILE}: ${passwords.length} passwords, ${text.length} bytes, ${gzippedBytes} gzipped`);
  },
};

/**
 * The passwords, in the form that the service compares. They are sorted by code unit, the same on every machine,
 * because front coding needs that.
 */
function choosePasswords(): string[] {
  // The package lists the most common ones first.
  const ranked = Array.from(new Set(dictionary['passwords-common'].map(foldCase)));
  return QUOTAS.flatMap(({ minLength, maxLength, count }) =>
    ranked.filter(({ length }) => length >= minLength && length <= maxLength).slice(0, count),
  ).toSorted();
}
