import { type Operation, operations } from '../compare/operations.ts';
import { format, type Table } from '../compare/report/table.ts';
import type { MeasuredUse } from '../storage/measure.ts';
import { countStorage } from '../storage/use.ts';
import { costPerMillion } from './cost.ts';
import type { CpuTimes } from './cpu-times.ts';

type Side = { name: string; use: MeasuredUse; cpuMs: CpuTimes['latchkey'] };

/** Dollars per million requests of each operation that `side` has. */
export function costTable({ name, use, cpuMs }: Side): Table {
  const rowOf = (operation: Operation) => {
    const [waves, cpu] = [use[operation], cpuMs[operation]];
    if (waves === undefined || cpu === undefined) return [];
    const { requests, cpu: cpuDollars, kv, database, total } = costPerMillion({ ...countStorage(waves), cpuMs: cpu });
    return [[operation, format(cpu, 1), ...[requests, cpuDollars, kv, database, total].map((each) => format(each, 2))]];
  };
  return {
    title: `${name}: dollars per million requests`,
    head: ['', 'CPU, ms', 'requests', 'CPU', 'KV', 'D1', 'total'],
    rows: operations.flatMap(rowOf),
  };
}
