import { z } from 'zod';
import { quantile } from './statistics.ts';

/** A CPU profile as the inspector returns it. Times are in microseconds, lines begin with 0. */
export const cpuProfile = z.object({
  nodes: z.array(
    z.object({
      id: z.number(),
      callFrame: z.object({ functionName: z.string(), url: z.string(), lineNumber: z.number() }),
      children: z.array(z.number()).optional(),
    }),
  ),
  samples: z.array(z.number()),
  timeDeltas: z.array(z.number()),
});

export type CpuProfile = z.infer<typeof cpuProfile>;

/** Samples that found no JavaScript at work. */
const OUTSIDE = new Set(['(idle)', '(program)', '(root)']);

/**
 * The microseconds that each node of `profile` ran itself, by the id of the node. workerd takes samples only while it
 * is in the isolate. The first sample after a pause carries the whole pause, so no sample counts for more than the time
 * between two samples in a row.
 */
export function selfTimes({ nodes, samples, timeDeltas }: CpuProfile): Map<number, number> {
  const period = samplingPeriod(timeDeltas);
  const outside = new Set(nodes.filter(({ callFrame }) => OUTSIDE.has(callFrame.functionName)).map(({ id }) => id));
  const times = new Map<number, number>();
  for (const [i, id] of samples.entries()) {
    if (outside.has(id)) continue;
    times.set(id, (times.get(id) ?? 0) + Math.min(Math.max(timeDeltas[i] ?? 0, 0), period));
  }
  return times;
}

/** The microseconds of `profile` in which the isolate ran JavaScript, or what JavaScript called. */
export function isolateTime(profile: CpuProfile): number {
  return [...selfTimes(profile).values()].reduce((sum, time) => sum + time, 0);
}

/** The time between two samples in a row. Pauses make most deltas longer, and few are shorter. */
const samplingPeriod = (timeDeltas: number[]) => quantile(timeDeltas, 0.25);
