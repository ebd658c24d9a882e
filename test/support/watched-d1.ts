import { env } from 'cloudflare:workers';
import type { OnTrip } from './storage.ts';

/** Watches the local D1, or `database`, and adds the one limit of D1 that the local one lacks. */
export function watchD1(onTrip: OnTrip, database = env.DB): D1Database {
  const originals = new WeakMap<object, { statement: D1PreparedStatement; sql: string }>();

  function watchStatement(statement: D1PreparedStatement, sql: string): D1PreparedStatement {
    const trip = async <T>(run: () => Promise<T>) => {
      const after = await onTrip([sql]);
      const result = await run();
      after?.();
      return result;
    };
    const watched = new Proxy(statement, {
      get(target, name) {
        if (name === 'bind')
          return (...values: unknown[]) => watchStatement(target.bind(...values.map(checkSize)), sql);
        if (name === 'all') return () => trip(() => target.all());
        if (name === 'raw') return () => trip(() => target.raw());
        if (name === 'run') return () => trip(() => target.run());
        throw new TypeError(`a statement is not watched for ${String(name)}`);
      },
    });
    originals.set(watched, { statement, sql });
    return watched;
  }

  return new Proxy(database, {
    get(target, name) {
      if (name === 'prepare') return (sql: string) => watchStatement(target.prepare(sql), sql);
      if (name === 'batch') {
        return async (watched: D1PreparedStatement[]) => {
          const batch = watched.flatMap((statement) => originals.get(statement) ?? []);
          const after = await onTrip(batch.map(({ sql }) => sql));
          const results = await target.batch(batch.map(({ statement }) => statement));
          after?.();
          return results;
        };
      }
      throw new TypeError(`a database is not watched for ${String(name)}`);
    },
  });
}

/** Refuses a string or blob of more than 2 MB, as D1 does. */
function checkSize(value: unknown): unknown {
  const { byteLength } = typeof value === 'string' ? new TextEncoder().encode(value) : Object(value);
  if (byteLength > 2_000_000) throw new Error('D1_ERROR: string or blob too big: SQLITE_TOOBIG');
  return value;
}
