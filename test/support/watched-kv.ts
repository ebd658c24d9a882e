import type { OnOperation } from './storage.ts';

const watchers = new WeakMap<object, OnOperation>();

/** Watches `namespace`. */
export function watchKv(onOperation: OnOperation, namespace: KVNamespace): KVNamespace {
  const watched = new Proxy(namespace, {
    get(target, name) {
      if (name === 'get') {
        return async (keys: string[], options?: { cacheTtl?: number }) => {
          await onOperation({ operation: 'get', keys });
          return target.get(keys, options);
        };
      }
      if (name === 'put') {
        return async (key: string, value: string, options?: KVNamespacePutOptions) => {
          await onOperation({ operation: 'put', keys: [key], expirationTtl: options?.expirationTtl });
          return target.put(key, value, options);
        };
      }
      throw new TypeError(`a namespace is not watched for ${String(name)}`);
    },
  });
  watchers.set(watched, onOperation);
  return watched;
}

/** Finds who watches `namespace`, so that another namespace can be watched in its place. */
export function findWatcher(namespace: object): OnOperation | undefined {
  return watchers.get(namespace);
}
