import { env } from 'cloudflare:workers';
import { openLocation } from './edge-kv.ts';
import { spendSubrequests } from './subrequests.ts';
import { watchD1 } from './watched-d1.ts';
import { findWatcher, watchKv } from './watched-kv.ts';

/**
 * The bindings of a service at `location`, with the limits of production. Some of them may be `replaced`: a denylist that is
 * watched is watched at this location, and what is no namespace stays as it is. What a request asks of them is counted
 * (`asOneRequest`), D1 by the statement.
 */
export function bindProduction(replaced: object = {}, location = openLocation()) {
  const { DB, DENYLIST, ...others } = { ...env, ...replaced };
  return {
    ...others,
    DB: isObject(DB) ? watchD1((statements) => spendSubrequests(statements.length), DB) : DB,
    DENYLIST: isObject(DENYLIST) ? watchKv(() => spendSubrequests(), placeAt(location, DENYLIST)) : DENYLIST,
  };
}

/** Tests replace bindings also by what is none. */
const isObject = (binding: unknown) => typeof binding === 'object' && binding !== null;

function placeAt(location: KVNamespace, namespace: KVNamespace): KVNamespace {
  const onOperation = findWatcher(namespace);
  if (onOperation !== undefined) return watchKv(onOperation, location);
  return namespace === env.DENYLIST ? location : namespace;
}
