import { describe, expect, it } from 'vitest';
import { latencyMs, type WorkerPlace } from '../../../scripts/bench/edge/latency.ts';
import { continents, roundTripMs } from '../../../scripts/bench/edge/round-trips.ts';
import type { StorageCall, StorageUse } from '../../../scripts/bench/storage/use.ts';

const trip: StorageCall = { kind: 'database', sql: ['SELECT 1'], rowsRead: 1, rowsWritten: 0 };
const kvRead: StorageCall = { kind: 'kv-read', keys: 2 };
const kvWrite: StorageCall = { kind: 'kv-write' };

/** The latency for a caller in Oceania, 250 ms away from a database in Europe. */
const fromOceania = (waves: StorageUse, worker: WorkerPlace, cpuMs = 0) =>
  latencyMs({ waves, cpuMs }, { caller: 'Oceania', database: 'Europe', worker });

describe('the round-trip times', () => {
  it('are the same in both directions, for all continents', () => {
    for (const from of continents)
      for (const to of continents) expect(roundTripMs(from, to)).toBe(roundTripMs(to, from));
  });
});

describe('the latency of an operation', () => {
  it('is that of the nearest location and the CPU time, when it asks nothing of storage', () => {
    expect(fromOceania([], 'caller', 7)).toBe(15 + 7);
  });

  it('is not shortened by a place near the database, when it makes one trip', () => {
    expect(fromOceania([[trip]], 'caller')).toBe(15 + 250);
    expect(fromOceania([[trip]], 'database')).toBe(15 + 250 + 3);
  });

  it('is shortened by a place near the database, when it makes several trips', () => {
    expect(fromOceania([[trip], [trip], [trip]], 'caller')).toBe(15 + 3 * 250);
    expect(fromOceania([[trip], [trip], [trip]], 'database')).toBe(15 + 250 + 3 * 3);
  });

  it('grows by the way to the database, when an operation without trips runs there', () => {
    expect(fromOceania([[kvRead]], 'caller')).toBe(15 + 5);
    expect(fromOceania([[kvRead]], 'database')).toBe(15 + 250 + 5);
  });

  it('counts the slowest of calls that run at the same time', () => {
    expect(fromOceania([[kvRead, trip, kvWrite]], 'caller')).toBe(15 + 250);
    expect(fromOceania([[kvRead, trip, kvWrite]], 'database')).toBe(15 + 250 + 100);
  });
});
