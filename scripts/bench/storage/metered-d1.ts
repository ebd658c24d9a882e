import type { Meter } from './meter.ts';

/** `database`, whose calls `meter` records. The rows come from the meta of D1's results. */
export function meterD1(database: D1Database, meter: Meter): D1Database {
  const originals = new WeakMap<object, { statement: D1PreparedStatement; sql: string }>();

  function meterStatement(statement: D1PreparedStatement, sql: string): D1PreparedStatement {
    const all = () =>
      meter.measure(
        () => statement.all(),
        (result) => callOf([sql], [result]),
      );
    const metered = new Proxy(statement, {
      get(target, name) {
        if (name === 'bind') return (...values: unknown[]) => meterStatement(target.bind(...values), sql);
        if (name === 'all' || name === 'run') return all;
        if (name === 'first') return async () => (await all()).results[0] ?? null;
        if (name === 'raw') return async () => (isRead(sql) ? rowsOf(statement, sql) : valuesOf((await all()).results));
        throw new TypeError(`a statement is not metered for ${String(name)}`);
      },
    });
    originals.set(metered, { statement, sql });
    return metered;
  }

  /**
   * `raw()` has no meta, and `all()` drops one of two columns with the same name. So a statement that reads runs twice.
   */
  async function rowsOf(statement: D1PreparedStatement, sql: string): Promise<unknown[][]> {
    const twice = async () => ({ rows: await statement.raw(), result: await statement.all() });
    return (await meter.measure(twice, ({ result }) => callOf([sql], [result]))).rows;
  }

  return new Proxy(database, {
    get(target, name) {
      if (name === 'prepare') return (sql: string) => meterStatement(target.prepare(sql), sql);
      if (name === 'batch')
        return (metered: D1PreparedStatement[]) => {
          const batch = metered.flatMap((statement) => originals.get(statement) ?? []);
          const run = () => target.batch(batch.map(({ statement }) => statement));
          return meter.measure(run, (results) =>
            callOf(
              batch.map(({ sql }) => sql),
              results,
            ),
          );
        };
      throw new TypeError(`a database is not metered for ${String(name)}`);
    },
  });
}

const isRead = (sql: string) => /^\s*select\b/i.test(sql);
const valuesOf = (rows: Record<string, unknown>[]) => rows.map((row) => Object.values(row));

function callOf(sql: string[], results: D1Result[]) {
  const total = (count: (meta: D1Result['meta']) => number) => results.reduce((sum, { meta }) => sum + count(meta), 0);
  const rowsRead = total((meta) => meta.rows_read);
  return { kind: 'database' as const, sql, rowsRead, rowsWritten: total((meta) => meta.rows_written) };
}
