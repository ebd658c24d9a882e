import { env } from 'cloudflare:workers';
import { isLibsql } from './database.ts';
import { watchD1 } from './watched-d1.ts';
import { watchLibsql } from './watched-libsql.ts';

/**
 * Told of every round trip to the database before it is made: the SQL of its statements. What it throws, the driver throws;
 * what it returns is called when the trip has been made, before the answer is handed over.
 */
export type OnTrip = (statements: string[]) => Promise<AfterTrip | void> | AfterTrip | void;
type AfterTrip = () => void;

/** What makes a service use the database of the suite, watched. */
export function watchDatabase(onTrip: OnTrip): object {
  return isLibsql ? watchLibsql(onTrip) : { DB: watchD1(onTrip) };
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

/** What nobody thought of. */
export function bug(): never {
  throw new TypeError('injected');
}

export function fail(): never {
  throw new Error('D1_ERROR: injected: SQLITE_ERROR');
}
