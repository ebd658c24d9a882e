import type { HonoJsonWebKey } from 'hono/utils/jwt/jws';

/** How long Latchkey allows you to keep its keys: their `max-age`. */
const MAX_AGE_MS = 600_000;

const TIMEOUT_MS = 5000;

let known: { keys: HonoJsonWebKey[]; until: number } | undefined;

/**
 * Finds the keys that `url` publishes, and keeps them in memory as long as allowed. When they cannot be fetched,
 * returns `undefined` and logs why. The `cf` options of `fetch` cannot cache them: they have no effect on a URL of
 * another zone on Cloudflare.
 */
export async function findKeys(url: string): Promise<HonoJsonWebKey[] | undefined> {
  if (known !== undefined && Date.now() < known.until) return known.keys;
  try {
    const keys = await fetchKeys(url);
    known = { keys, until: Date.now() + MAX_AGE_MS };
    return keys;
  } catch (error) {
    console.error('The public keys could not be fetched.', error);
    return undefined;
  }
}

async function fetchKeys(url: string): Promise<HonoJsonWebKey[]> {
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) throw new Error(`${url} responds ${response.status}.`);
  const jwks: unknown = await response.json();
  if (!isJwks(jwks)) throw new Error(`${url} is not a JWK set.`);
  return jwks.keys;
}

function isJwks(value: unknown): value is { keys: HonoJsonWebKey[] } {
  return typeof value === 'object' && value !== null && 'keys' in value && Array.isArray(value.keys);
}
