/** One call on storage. `sql` is one statement, or those of a batch. The rows are those that D1 bills. */
export type StorageCall =
  | { kind: 'database'; sql: string[]; rowsRead: number; rowsWritten: number }
  | { kind: 'kv-read'; keys: number }
  | { kind: 'kv-write' };

/**
 * What one request asks of storage: waves of calls. The calls of a wave run at the same time, and a wave begins when a
 * call of the wave before has ended.
 */
export type StorageUse = StorageCall[][];

export type StorageCounts = {
  /** Trips to the database, one after the other. */
  trips: number;
  statements: number;
  rowsRead: number;
  rowsWritten: number;
  /** Reads of KV. One may ask for several keys, and each key is billed. */
  kvReads: number;
  kvKeys: number;
  kvWrites: number;
};

/** Adds up what a request asks of storage. */
export function countStorage(waves: StorageUse): StorageCounts {
  const calls = waves.flat();
  const database = calls.filter((call) => call.kind === 'database');
  const reads = calls.filter((call) => call.kind === 'kv-read');
  return {
    trips: waves.filter((wave) => wave.some(({ kind }) => kind === 'database')).length,
    statements: sum(database.map(({ sql }) => sql.length)),
    rowsRead: sum(database.map(({ rowsRead }) => rowsRead)),
    rowsWritten: sum(database.map(({ rowsWritten }) => rowsWritten)),
    kvReads: reads.length,
    kvKeys: sum(reads.map(({ keys }) => keys)),
    kvWrites: calls.filter(({ kind }) => kind === 'kv-write').length,
  };
}

/** The statements of a request. */
export function sqlOf(waves: StorageUse): string[] {
  return waves.flat().flatMap((call) => (call.kind === 'database' ? call.sql : []));
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
