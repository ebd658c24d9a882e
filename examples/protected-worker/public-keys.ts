import type { HonoJsonWebKey } from 'hono/utils/jwt/jws';

/** For how long Latchkey lets its keys be kept: their `max-age`. */
const MAX_AGE_MS = 600_000;

let known: { keys: HonoJsonWebKey[]; until: number } | undefined;

/**
 * The keys that `url` publishes, from memory while they may be kept; `undefined` when they cannot be had. The `cf` options
 * of `fetch` are no way to keep them: they have no effect on a URL of another zone on Cloudflare.
 */
export async function findKeys(url: string): Promise<HonoJsonWebKey[] | undefined> {
  if (known !== undefined && Date.now() < known.until) return known.keys;
  const answer = await fetch(url).catch(() => undefined);
  if (!answer?.ok) return undefined;
  const { keys } = await answer.json<{ keys: HonoJsonWebKey[] }>();
  known = { keys, until: Date.now() + MAX_AGE_MS };
  return keys;
}
