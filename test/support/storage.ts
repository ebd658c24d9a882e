import { isLibsql } from './database.ts';
import { openLocation } from './edge-kv.ts';
import { watchD1 } from './watched-d1.ts';
import { watchKv } from './watched-kv.ts';
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

/** Told of every operation before it is made. What it throws, KV throws. */
export type OnOperation = (operation: KvOperation) => Promise<void> | void;

/** The denylist at a location of its own, or at that of the service which is given it, watched. */
export function watchDenylist(onOperation: OnOperation): KVNamespace {
  return watchKv(onOperation, openLocation());
}

/** What nobody thought of. */
export function bug(): never {
  throw new TypeError('injected');
}

export function fail(): never {
  throw new Error('D1_ERROR: injected: SQLITE_ERROR');
}
