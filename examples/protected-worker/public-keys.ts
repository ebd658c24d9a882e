import type { HonoJsonWebKey } from 'hono/utils/jwt/jws';

/** For how long Latchkey lets its keys be kept: their `max-age`. */
const MAX_AGE_MS = 600_000;

const TIMEOUT_MS = 5000;

let known: { keys: HonoJsonWebKey[]; until: number } | undefined;

/**
 * The keys that `url` publishes, from memory while they may be kept; `undefined` when they cannot be had, and why in the log.
 * The `cf` options of `fetch` are no way to keep them: they have no effect on a URL of another zone on Cloudflare.
 */
export async function findKeys(url: string): Promise<HonoJsonWebKey[] | undefined> {
  if (known !== undefined && Date.now() < known.until) return known.keys;
  try {
    const keys = await fetchKeys(url);
    known = { keys, until: Date.now() + MAX_AGE_MS };
    return keys;
  } catch (error) {
    console.error('The public keys cannot be had.', error);
    return undefined;
  }
}

async function fetchKeys(url: string): Promise<HonoJsonWebKey[]> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}.`);
  const jwks: unknown = await answer.json();
  if (!isJwks(jwks)) throw new Error(`${url} is not a JWK set.`);
  return jwks.keys;
}

function isJwks(value: unknown): value is { keys: HonoJsonWebKey[] } {
  return typeof value === 'object' && value !== null && 'keys' in value && Array.isArray(value.keys);
}
