import { format, formatTable } from '../compare/report/table.ts';
import type { CleanUpRun } from './clean-up.ts';
import type { Flatness } from './flatness.ts';
import type { Plan } from './plans.ts';

/** What each operation takes at each size, and how many times as much at the largest as at the smallest. */
export function flatnessTable(sizes: number[], all: Flatness[]): string {
  const rows = all.flatMap(({ operation, cpuMicroseconds, p50Ms, cpuRatios, p50Ratios }) => [
    [`${operation}, CPU in µs`, ...cpuMicroseconds.map((each) => format(each)), format(cpuRatios.at(-1), 2)],
    [`${operation}, median in ms`, ...p50Ms.map((each) => format(each, 1)), format(p50Ratios.at(-1), 2)],
  ]);
  return formatTable({ title: '', head: ['users and sessions', ...sizes.map((each) => format(each)), 'ratio'], rows });
}

/** The steps of each plan, below the beginning of its statement. */
export function listPlans(plans: Plan[]): string {
  const list = plans.map(({ sql, steps }) => [sql.replaceAll(/\s+/g, ' ').slice(0, 100), ...steps].join('\n    '));
  const scanning = plans.filter(({ scans }) => scans.length > 0).length;
  const legend = 'A SCAN of a name that is no table reads a few rows that the statement itself has made.';
  return [...list, `${plans.length} statements, of which ${scanning} read a whole table. ${legend}`].join('\n\n');
}

/** What each run of the cron did. */
export function cleanUpTable(runs: CleanUpRun[]): string {
  const rows = runs.map(({ deleted, seconds, trips, rowsWritten, isComplete }, run) => [
    String(run + 1),
    ...[deleted, seconds, trips, rowsWritten].map((each) => format(each)),
    isComplete ? 'nothing' : 'some',
  ]);
  return formatTable({
    title: '',
    head: ['run', 'sessions deleted', 'seconds', 'trips', 'rows written', 'left'],
    rows,
  });
}
