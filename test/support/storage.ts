import { env } from 'cloudflare:workers';

/**
 * Told of every round trip to the database before it is made: the SQL of its statements. What it throws, the driver throws;
 * what it returns is called when the trip has been made, before the answer is handed over.
 */
type OnTrip = (statements: string[]) => Promise<AfterTrip | void> | AfterTrip | void;
type AfterTrip = () => void;

/** The local D1, watched. */
export function watchDatabase(onTrip: OnTrip): D1Database {
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
          await onTrip(batch.map(({ sql }) => sql));
          return target.batch(batch.map(({ statement }) => statement));
        };
      }
      throw new TypeError(`a database is not watched for ${String(name)}`);
    },
  });
}

/** For `watchDatabase`: does `work` when the trip `number` (from 1) is about to be made. */
export function beforeTrip(number: number, work: () => Promise<unknown>): OnTrip {
  let trips = 0;
  return async () => {
    trips += 1;
    if (trips === number) await work();
  };
}

export type KvOperation = { operation: 'get' | 'put'; keys: string[]; expirationTtl?: number | undefined };

/** The local KV, watched: told of every operation before it is made. What it throws, KV throws. */
export function watchDenylist(onOperation: (operation: KvOperation) => Promise<void> | void): object {
  return {
    async get(keys: string[]) {
      await onOperation({ operation: 'get', keys });
      return env.DENYLIST.get(keys);
    },
    async put(key: string, value: string, options?: KVNamespacePutOptions) {
      await onOperation({ operation: 'put', keys: [key], expirationTtl: options?.expirationTtl });
      return env.DENYLIST.put(key, value, options);
    },
  };
}

export function fail(): never {
  throw new Error('D1_ERROR: injected: SQLITE_ERROR');
}
