import { cpus } from 'node:os';
import { createRequire } from 'node:module';
import { z } from 'zod';
import { betterAuthVersion } from './better-auth.ts';
import { type Contestant, bundleContestants, names } from './contestants.ts';
import { tasksAbout } from './tasks.ts';
import { measureIsolates } from './measure-isolates.ts';
import { measureLoads } from './measure-loads.ts';
import { measureStarts } from './measure-starts.ts';
import type { Measurement } from './measurement.ts';
import type { Operation } from './operations.ts';
import type { Results } from './results.ts';
import { quick, usual } from './settings.ts';

const require = createRequire(import.meta.url);
const manifest = z.object({ version: z.string() });

/** What to measure: the tasks about the operations in `only`, or all. */
export type Scope = { isQuick: boolean; only: readonly Operation[] };

/** Measures. `folder` holds the bundles and databases. `tell` hears what is being measured. */
export async function measure(
  { isQuick, only }: Scope,
  { folder, tell }: { folder: string; tell: (progress: string) => void },
): Promise<Results> {
  const settings = isQuick ? quick : usual;
  tell('bundling');
  const contestants = await bundleContestants(names, { folder });
  const measurement: Measurement = { contestants, tasks: tasksAbout(only), settings, tell };
  return {
    about: { ...machine(), date: new Date().toISOString().slice(0, 10), isQuick, rounds: settings.rounds },
    starts: await measureStarts(measurement, folder),
    loads: await measureLoads(measurement),
    isolates: await measureIsolates(measurement),
    bundles: sizesOf(contestants),
  };
}

function machine() {
  const versionOf = (name: string) => manifest.parse(require(`${name}/package.json`)).version;
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    versions: {
      workerd: versionOf('workerd'),
      wrangler: versionOf('wrangler'),
      Node: process.versions.node,
      'Better Auth': betterAuthVersion(),
    },
  };
}

function sizesOf(contestants: Contestant[]): Results['bundles'] {
  const sizes = (pick: (contestant: Contestant) => number) =>
    Object.fromEntries(contestants.map((contestant) => [contestant.name, pick(contestant)]));
  return {
    bytes: sizes(({ bundle }) => bundle.bytes),
    gzippedBytes: sizes(({ bundle }) => bundle.gzippedBytes),
    parts: contestants.find(({ name }) => name === 'latchkey')?.bundle.parts ?? [],
  };
}
