import type { Meter } from './meter.ts';

/** `namespace`, whose reads and writes `meter` records. */
export function meterKv(namespace: KVNamespace, meter: Meter): KVNamespace {
  return new Proxy(namespace, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') throw new TypeError(`a namespace is not metered for ${String(name)}`);
      const call = (args: unknown[]) => Promise.resolve<unknown>(Reflect.apply(method, target, args));
      switch (name) {
        case 'get':
        case 'getWithMetadata':
          return (...args: unknown[]) =>
            meter.measure(
              () => call(args),
              () => ({ kind: 'kv-read', keys: Array.isArray(args[0]) ? args[0].length : 1 }),
            );
        case 'put':
        case 'delete':
          return (...args: unknown[]) =>
            meter.measure(
              () => call(args),
              () => ({ kind: 'kv-write' }),
            );
        default:
          throw new TypeError(`a namespace is not metered for ${String(name)}`);
      }
    },
  });
}
