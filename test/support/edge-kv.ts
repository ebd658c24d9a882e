import { env } from 'cloudflare:workers';

const CACHED_SECONDS = 60;

/** For each key, when it was written (real time) and when it expires by the clock of the writer. */
const writes = new Map<string, { at: number; expiresAt: number }>();

/**
 * Opens the local KV namespace as production shows it at one location, by the clock `now`. A location caches every read
 * for a minute, a miss too, even if it writes the key meanwhile. A key takes one write in `writeIntervalMs` (real time)
 * from all locations. The local KV itself refuses wrong keys and options.
 */
export function openLocation({ now = () => new Date(), writeIntervalMs = 1000 } = {}): KVNamespace {
  const seconds = () => now().getTime() / 1000;
  const cache = new Map<string, { value: string | null; until: number }>();

  async function get(keys: string[], options: { cacheTtl?: number } = {}) {
    if (!Array.isArray(keys)) throw new TypeError('read keys as an array');
    const stored = await env.DENYLIST.get(keys, options);
    const at = seconds();
    const until = at + (options.cacheTtl ?? CACHED_SECONDS);
    const seen = Array.from(stored, ([key, value]) => {
      const cached = cache.get(key);
      const isOver = at >= (writes.get(key)?.expiresAt ?? Infinity);
      const entry = cached !== undefined && at < cached.until ? cached : { value: isOver ? null : value, until };
      cache.set(key, entry);
      return [key, entry.value] as const;
    });
    return new Map(seen);
  }

  async function put(key: string, value: string, options: KVNamespacePutOptions = {}) {
    const at = Date.now();
    if (at - (writes.get(key)?.at ?? -Infinity) < writeIntervalMs)
      throw new Error('KV PUT failed: 429 Too Many Requests');
    writes.set(key, { at, expiresAt: seconds() + (options.expirationTtl ?? Infinity) });
    await env.DENYLIST.put(key, value, options);
  }

  return new Proxy(env.DENYLIST, {
    get(_, name) {
      if (name === 'get') return get;
      if (name === 'put') return put;
      throw new TypeError(`a location has no ${String(name)}`);
    },
  });
}
