import { expect, it } from 'vitest';
import { costPerMillion } from '../../../scripts/bench/costs/cost.ts';

const nothing = { cpuMs: 0, kvKeys: 0, kvWrites: 0, rowsRead: 0, rowsWritten: 0 };

it('charges for a million requests that use nothing', () => {
  expect(costPerMillion(nothing)).toEqual({ requests: 0.3, cpu: 0, kv: 0, database: 0, total: 0.3 });
});

it('charges for CPU time by the millisecond', () => {
  expect(costPerMillion({ ...nothing, cpuMs: 100 })).toMatchObject({ cpu: 2, total: 2.3 });
});

it('charges for every key that KV reads, and for every write', () => {
  expect(costPerMillion({ ...nothing, kvKeys: 2 })).toMatchObject({ kv: 1, total: 1.3 });
  expect(costPerMillion({ ...nothing, kvWrites: 1 })).toMatchObject({ kv: 5, total: 5.3 });
});

it('charges a thousand times more for a row written than for a row read', () => {
  expect(costPerMillion({ ...nothing, rowsWritten: 3 }).database).toBe(3);
  expect(costPerMillion({ ...nothing, rowsRead: 3 }).database).toBeCloseTo(0.003);
});
