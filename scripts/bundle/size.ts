// npm run size: measures the bundle, and fails when it is too large or has grown without notice.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { type Command, Failure, parseCommandLine, UsageError } from '../command.ts';
import { kilobytes, MAX_GZIPPED_BYTES, problemOf } from './budget.ts';
import { type Bundle, bundleWorker } from './bundle.ts';

const CONFIG = join(import.meta.dirname, '..', '..', 'wrangler.toml');
const ANNOUNCED = join(import.meta.dirname, 'announced.json');
const LARGEST = 10;

const announcement = z.object({ gzippedBytes: z.int().positive() });

export const command: Command = {
  usage: `npm run size [-- --announce]

Bundles the Worker as a deploy does, and prints its size and its largest parts. Fails if it has more than
${kilobytes(MAX_GZIPPED_BYTES)}, gzipped, or 5 % more than scripts/bundle/announced.json says.
  --announce  writes the size to that file, for you to commit with what made the bundle grow`,

  run: async (args) => {
    const { values, positionals } = parseCommandLine(args, { announce: { type: 'boolean' } });
    if (positionals.length > 0) throw new UsageError('This command takes one option only.');
    const { bytes, gzippedBytes, parts, modulesOnDemand } = await measure();
    if (values.announce === true) writeFileSync(ANNOUNCED, `{ "gzippedBytes": ${gzippedBytes} }\n`);
    const announced = announcement.parse(JSON.parse(readFileSync(ANNOUNCED, 'utf8'))).gzippedBytes;
    const sizes = `${kilobytes(bytes)}, gzipped ${kilobytes(gzippedBytes)} (announced: ${kilobytes(announced)})`;
    console.log(`The bundle: ${sizes}.\nIts largest parts, before gzip:`);
    for (const part of parts.slice(0, LARGEST)) console.log(`${kilobytes(part.bytes).padStart(10)}  ${part.name}`);
    console.log('Modules that are loaded when they are needed, which do not count:');
    for (const { path, contents } of modulesOnDemand)
      console.log(`${kilobytes(contents.byteLength).padStart(10)}  ${basename(path).replace(/^[0-9a-f]{40}-/, '')}`);
    const problem = problemOf(gzippedBytes, { announcedBytes: announced });
    if (problem !== undefined) throw new Failure(problem);
  },
};

async function measure(): Promise<Bundle> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-size-'));
  try {
    return await bundleWorker(CONFIG, { folder });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
