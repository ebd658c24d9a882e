import { env } from 'cloudflare:workers';
import { openLocation } from './edge-kv.ts';
import { spendSubrequests } from './subrequests.ts';
import { watchD1 } from './watched-d1.ts';
import { findWatcher, watchKv } from './watched-kv.ts';

/**
 * Makes the bindings of a service at `location`, under the limits of production. `replaced` overrides some of them; a
 * watched denylist is watched at this location. Subrequests count per request (`asOneRequest`), those of D1 per
 * statement.
 */
export function bindProduction(replaced: object = {}, location = openLocation()) {
  const { DB, DENYLIST, ...others } = { ...env, ...replaced };
  return {
    ...others,
    DB: isObject(DB) ? watchD1((statements) => spendSubrequests(statements.length), DB) : DB,
    DENYLIST: isObject(DENYLIST) ? watchKv(() => spendSubrequests(), placeAt(location, DENYLIST)) : DENYLIST,
  };
}

/** A test may replace a binding by anything, also by `undefined`. */
const isObject = (binding: unknown) => typeof binding === 'object' && binding !== null;

function placeAt(location: KVNamespace, namespace: KVNamespace): KVNamespace {
  const onOperation = findWatcher(namespace);
  if (onOperation !== undefined) return watchKv(onOperation, location);
  return namespace === env.DENYLIST ? location : namespace;
}
