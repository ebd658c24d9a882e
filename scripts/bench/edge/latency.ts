import type { StorageCall, StorageUse } from '../storage/use.ts';
import { assumedMs, type Continent, roundTripMs } from './round-trips.ts';

/** Where the Worker runs: near the caller, or near the database (`placement` in wrangler.toml). */
export type WorkerPlace = 'caller' | 'database';

/** An operation: what it asks of storage, and the CPU time that it takes, in milliseconds. */
export type Work = { waves: StorageUse; cpuMs: number };

export type Route = { caller: Continent; database: Continent; worker: WorkerPlace };

/**
 * How long a caller waits for an operation, in milliseconds. The request goes to the nearest location, and from there
 * to the Worker. Then every wave of calls takes as long as its slowest call.
 */
export function latencyMs({ waves, cpuMs }: Work, { caller, database, worker }: Route): number {
  const between = roundTripMs(caller, database);
  const isPlaced = worker === 'database';
  const callMs: Record<StorageCall['kind'], number> = {
    database: isPlaced ? assumedMs.besideDatabase : between,
    'kv-read': assumedMs.kvRead,
    'kv-write': assumedMs.kvWrite,
  };
  const storageMs = waves.map((wave) => Math.max(0, ...wave.map(({ kind }) => callMs[kind])));
  return assumedMs.access + (isPlaced ? between : 0) + cpuMs + storageMs.reduce((total, each) => total + each, 0);
}
