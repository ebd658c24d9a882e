// npm run bench:hashes: what verifying the hashes of other systems costs.
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { type Command, UsageError } from '../command.ts';
import { verifyBcrypt } from '../../src/crypto/legacy/bcrypt.ts';
import { bytesOfText } from '../../src/crypto/legacy/forms/bytes.ts';
import type { LegacyHash } from '../../src/crypto/legacy/legacy-hash.ts';
import { parseLegacyHash } from '../../src/crypto/legacy/parse.ts';
import { pbkdf2Sha256 } from '../../src/crypto/legacy/pbkdf2-wasm.ts';
import { priceOf } from '../../src/crypto/legacy/price.ts';
import { scrypt } from '../../src/crypto/legacy/scrypt.ts';
import { MAX_ITERATIONS_PER_CALL, pbkdf2 } from '../../src/crypto/pbkdf2.ts';

const RUNS = 5;
const PASSWORD = 'correct horse battery staple';

export const command: Command = {
  usage: `npm run bench:hashes

Times what a login with a hash of another system does, ${RUNS} times each. Prints the medians in milliseconds, and what
src/crypto/legacy/price.ts says of the same hash.`,

  run: async (args) => {
    if (args.length > 0) throw new UsageError('This command takes no arguments.');
    console.log(`${new Date().toISOString().slice(0, 10)}, ${cpus()[0]?.model}, Node ${process.versions.node}\n`);
    console.log('measured  price');
    for (const hash of hashes) {
      const parsed = parseLegacyHash(hash);
      const { parameters, cpuMilliseconds } = priceOf(parsed);
      const milliseconds = await measure(deriverOf(parsed));
      console.log(`${format(milliseconds)}  ${format(cpuMilliseconds)}  ${parsed.scheme}, ${parameters}`);
    }
  },
};

const hex = (bytes: number) => '00'.repeat(bytes);

/** Of every way to verify, the default parameters of the systems that use it. */
const hashes = [
  ...[10, 12, 13, 14].map((cost) => `$2b$${cost}$${'.'.repeat(53)}`),
  `scrypt:32768:8:1$salt$${hex(64)}`,
  `${hex(16)}:${hex(64)}`,
  `pbkdf2:sha256:100000$salt$${hex(32)}`,
  ...[260_000, 600_000, 1_000_000, 2_000_000].map((iterations) => `pbkdf2:sha256:${iterations}$salt$${hex(32)}`),
];

/** What verifying `hash` does, without the comparison, which Node has under another name. */
function deriverOf(hash: LegacyHash): () => Promise<unknown> {
  if (hash.scheme === 'bcrypt') return () => verifyBcrypt(PASSWORD, hash.text);
  if (hash.scheme === 'firebase-scrypt')
    return () => scrypt(PASSWORD, { N: 16_384, r: 8, p: 1, salt: hash.salt, length: 32 });
  if ('N' in hash) return () => scrypt(PASSWORD, hash);
  const given = { secret: bytesOfText(PASSWORD), salt: hash.salt, iterations: hash.iterations };
  return hash.iterations <= MAX_ITERATIONS_PER_CALL
    ? () => pbkdf2(given.secret, given.salt, given.iterations)
    : () => pbkdf2Sha256(compile('src/crypto/modules/pbkdf2.wasm'), given);
}

/** Workers compile no WebAssembly, so that the types of Workers have no constructor. */
function compile(file: string): WebAssembly.Module {
  const module: unknown = Reflect.construct(WebAssembly.Module, [readFileSync(file)]);
  if (!(module instanceof WebAssembly.Module)) throw new TypeError('this is no module');
  return module;
}

async function measure(derive: () => Promise<unknown>): Promise<number> {
  const times = [];
  for (let run = 0; run < RUNS; run += 1) {
    const start = performance.now();
    await derive();
    times.push(performance.now() - start);
  }
  return times.toSorted((a, b) => a - b)[Math.floor(RUNS / 2)] ?? Number.NaN;
}

const format = (milliseconds: number) => milliseconds.toFixed(0).padStart(8);
