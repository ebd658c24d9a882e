type Entry = { value: string; expiresAt: number };

const CACHED_SECONDS = 60;

/**
 * A KV namespace as it behaves in production and the local one does not: each location remembers for a minute what it has
 * read, and that there was nothing to read; one key takes one write in a second; no entry lives for less than a minute.
 */
export function createEdgeKv(now: () => Date) {
  const entries = new Map<string, Entry>();
  const writtenAt = new Map<string, number>();
  const seconds = () => now().getTime() / 1000;

  function put(key: string, value: string, { expirationTtl = 0 }: { expirationTtl?: number } = {}): Promise<void> {
    if (expirationTtl < 60) return Promise.reject(new Error('KV PUT failed: 400 Invalid expiration_ttl'));
    const isTooSoon = seconds() - (writtenAt.get(key) ?? -Infinity) < 1;
    if (isTooSoon) return Promise.reject(new Error('KV PUT failed: 429 Too Many Requests'));
    writtenAt.set(key, seconds());
    entries.set(key, { value, expiresAt: seconds() + expirationTtl });
    return Promise.resolve();
  }

  /** The namespace as it is seen from one place in the world. */
  function openLocation() {
    const cache = new Map<string, { value: string | null; until: number }>();

    function read(key: string): string | null {
      const cached = cache.get(key);
      if (cached !== undefined && seconds() < cached.until) return cached.value;
      const entry = entries.get(key);
      const value = entry !== undefined && seconds() < entry.expiresAt ? entry.value : null;
      cache.set(key, { value, until: seconds() + CACHED_SECONDS });
      return value;
    }

    return { get: (keys: string[]) => Promise.resolve(new Map(keys.map((key) => [key, read(key)]))), put };
  }

  return { openLocation };
}
