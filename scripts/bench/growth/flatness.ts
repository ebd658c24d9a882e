import type { Prepare } from '../compare/operations.ts';
import { runLoad } from '../compare/load.ts';
import type { RunningWorker } from '../compare/workers.ts';
import { median, pairedRatio } from '../compare/statistics.ts';

/** A Worker whose database has this many users. */
export type Sized = { users: number; worker: RunningWorker; prepare: Prepare };

/** The operations that must not depend on the size. Their password hash is cheap. */
export const growing = ['login', 'refresh', 'status', 'logout'] as const;

/** What an operation takes at each size, in the order of the sizes, and how many times what it takes at the first. */
export type Flatness = {
  operation: (typeof growing)[number];
  cpuMicroseconds: number[];
  p50Ms: number[];
  cpuRatios: number[];
  p50Ratios: number[];
};

/**
 * Measures `operation` in `rounds` rounds. Each round measures all sizes, so that what else the machine does cancels
 * out.
 */
export async function measureFlatness(
  operation: Flatness['operation'],
  sizes: Sized[],
  { rounds, each }: { rounds: number; each: number },
): Promise<Flatness> {
  const load = { atOnce: 2, each };
  const run = async ({ worker, prepare }: Sized) => runLoad(worker, await prepare(operation, load), load);
  for (const size of sizes) await run(size);
  const runs = sizes.map(() => ({ cpu: [] as number[], p50: [] as number[] }));
  for (let round = 0; round < rounds; round += 1) {
    for (const [i, size] of sizes.entries()) {
      const { cpuMicroseconds, p50Ms } = await run(size);
      runs[i]?.cpu.push(cpuMicroseconds);
      runs[i]?.p50.push(p50Ms);
    }
  }
  const [first = { cpu: [], p50: [] }] = runs;
  return {
    operation,
    cpuMicroseconds: runs.map(({ cpu }) => median(cpu)),
    p50Ms: runs.map(({ p50 }) => median(p50)),
    cpuRatios: runs.map(({ cpu }) => pairedRatio(cpu, first.cpu)),
    p50Ratios: runs.map(({ p50 }) => pairedRatio(p50, first.p50)),
  };
}
