import type { Name } from '../contestants.ts';
import type { Results } from '../results.ts';
import { median, pairedRatio } from '../statistics.ts';

/** What is measured under load. */
export type Quantity = 'cpuMicroseconds' | 'perSecond' | 'p50Ms' | 'p95Ms';

/** The values of each round, or none when `name` does not do `task`. */
export function loadValues(
  { loads }: Pick<Results, 'loads'>,
  { task, atOnce, name, quantity }: { task: string; atOnce: number; name: Name; quantity: Quantity },
): number[] {
  const found = loads.find((load) => load.name === task && load.atOnce === atOnce);
  return (found?.runs[name] ?? []).map((run) => run[quantity]);
}

/** The microseconds in the isolate of each round. */
export function isolateValues({ isolates }: Pick<Results, 'isolates'>, task: string, name: Name): number[] {
  return isolates.find((isolate) => isolate.name === task)?.microseconds[name] ?? [];
}

/** The median of `values`, or nothing without values. */
export const middle = (values: number[]) => (values.length === 0 ? undefined : median(values));

/** How many times the second the first is, round by round; nothing when either is missing. */
export function ratio(upper: number[], lower: number[]): number | undefined {
  return upper.length === 0 || lower.length === 0 ? undefined : pairedRatio(upper, lower);
}
