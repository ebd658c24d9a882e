import { expect, it } from 'vitest';
import { createMeter } from '../../../scripts/bench/storage/meter.ts';
import { countStorage, type StorageCall } from '../../../scripts/bench/storage/use.ts';

const trip: StorageCall = { kind: 'database', sql: ['SELECT 1', 'SELECT 2'], rowsRead: 3, rowsWritten: 1 };
const kvRead: StorageCall = { kind: 'kv-read', keys: 2 };
const kvWrite: StorageCall = { kind: 'kv-write' };

/** A call on storage that takes until `end` is called. */
function pending() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { work: () => promise, end: resolve };
}

it('tells calls at the same time from calls one after the other', async () => {
  const meter = createMeter();
  const first = pending();
  const beside = pending();
  const both = [meter.measure(first.work, () => trip), meter.measure(beside.work, () => kvRead)];
  first.end();
  beside.end();
  await Promise.all(both);
  await meter.measure(
    () => Promise.resolve(),
    () => kvWrite,
  );
  expect(meter.take()).toEqual([[trip, kvRead], [kvWrite]]);
  expect(meter.take()).toEqual([]);
});

it('adds up what a request asks of storage', () => {
  expect(countStorage([[trip, kvRead], [trip, trip], [kvWrite]])).toEqual({
    trips: 2,
    statements: 6,
    rowsRead: 9,
    rowsWritten: 3,
    kvReads: 1,
    kvKeys: 2,
    kvWrites: 1,
  });
});
