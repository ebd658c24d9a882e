import { env } from 'cloudflare:workers';
import type { OnTrip } from './storage.ts';

/** The local D1, watched. */
export function watchD1(onTrip: OnTrip): D1Database {
  const originals = new WeakMap<object, { statement: D1PreparedStatement; sql: string }>();

  function watchStatement(statement: D1PreparedStatement, sql: string): D1PreparedStatement {
    const trip = async <T>(run: () => Promise<T>) => {
      const after = await onTrip([sql]);
      const answer = await run();
      after?.();
      return answer;
    };
    const watched = new Proxy(statement, {
      get(target, name) {
        if (name === 'bind') return (...values: unknown[]) => watchStatement(target.bind(...values), sql);
        if (name === 'all') return () => trip(() => target.all());
        if (name === 'raw') return () => trip(() => target.raw());
        if (name === 'run') return () => trip(() => target.run());
        throw new TypeError(`a statement is not watched for ${String(name)}`);
      },
    });
    originals.set(watched, { statement, sql });
    return watched;
  }

  return new Proxy(env.DB, {
    get(target, name) {
      if (name === 'prepare') return (sql: string) => watchStatement(target.prepare(sql), sql);
      if (name === 'batch') {
        return async (watched: D1PreparedStatement[]) => {
          const batch = watched.flatMap((statement) => originals.get(statement) ?? []);
          const after = await onTrip(batch.map(({ sql }) => sql));
          const answers = await target.batch(batch.map(({ statement }) => statement));
          after?.();
          return answers;
        };
      }
      throw new TypeError(`a database is not watched for ${String(name)}`);
    },
  });
}
