import type { StorageCounts } from '../storage/use.ts';
import { prices } from './prices.ts';

/** What one request uses: its calls on storage, and its CPU time in milliseconds. */
export type Use = Pick<StorageCounts, 'rowsRead' | 'rowsWritten' | 'kvKeys' | 'kvWrites'> & { cpuMs: number };

/** Dollars per million requests, beyond what the plan includes. */
export type Cost = { [part in 'requests' | 'cpu' | 'kv' | 'database' | 'total']: number };

/** What a million requests cost that each use `use`. A read of several keys is billed by the key. */
export function costPerMillion({ cpuMs, kvKeys, kvWrites, rowsRead, rowsWritten }: Use): Cost {
  const requests = prices.requests.dollars;
  const cpu = cpuMs * prices.cpuMs.dollars;
  const kv = kvKeys * prices.kvKeys.dollars + kvWrites * prices.kvWrites.dollars;
  const database = rowsRead * prices.rowsRead.dollars + rowsWritten * prices.rowsWritten.dollars;
  return { requests, cpu, kv, database, total: requests + cpu + kv + database };
}
