import { isLibsql } from './database.ts';
import { openLocation } from './edge-kv.ts';
import { watchD1 } from './watched-d1.ts';
import { watchKv } from './watched-kv.ts';
import { watchLibsql } from './watched-libsql.ts';

/**
 * Called before every round trip to the database with the SQL of its statements. What it throws, the driver throws. The
 * function that it returns is called after the trip, before the driver gets the result.
 */
export type OnTrip = (statements: string[]) => Promise<AfterTrip | void> | AfterTrip | void;
type AfterTrip = () => void;

/** Makes the bindings of a service that uses the database of the suite, watched. */
export function watchDatabase(onTrip: OnTrip): object {
  return isLibsql ? watchLibsql(onTrip) : { DB: watchD1(onTrip) };
}

/** Whether a trip updates rows. */
export const isUpdate = (statements: string[]): boolean => statements.some((sql) => sql.startsWith('update'));

/** For `watchDatabase`: does `work` before the round trip `number`, counted from 1. */
export function beforeTrip(number: number, work: () => Promise<unknown>): OnTrip {
  let trips = 0;
  return async () => {
    trips += 1;
    if (trips === number) await work();
  };
}

export type KvOperation = { operation: 'get' | 'put'; keys: string[]; expirationTtl?: number | undefined };

/** Called before every operation on KV. What it throws, KV throws. */
export type OnOperation = (operation: KvOperation) => Promise<void> | void;

/** Opens the denylist, watched, at the location of the service that it is given to, or else at a new one. */
export function watchDenylist(onOperation: OnOperation): KVNamespace {
  return watchKv(onOperation, openLocation());
}

/** Fails as a bug does. */
export function bug(): never {
  throw new TypeError('injected');
}

/** Fails as D1 does. */
export function fail(): never {
  throw new Error('D1_ERROR: injected: SQLITE_ERROR');
}
