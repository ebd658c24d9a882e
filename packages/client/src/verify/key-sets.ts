import { createLocalJWKSet, createRemoteJWKSet, customFetch, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { fetchJson, type Network } from './fetch-json.ts';
import { Unavailable } from './unavailable.ts';
import { isRecord } from './shapes.ts';

/** How long Latchkey allows others to keep its keys: their `max-age`. */
const MAX_AGE_MS = 600_000;

/** How long an unknown `kid` does not fetch the keys again, so that forged tokens cannot flood Latchkey. */
const COOLDOWN_MS = 30_000;

/** How long nobody asks again after a failure. */
const PAUSE_MS = 1000;

/** How many issuers share their keys. */
const MAX_SHARED = 100;

const shared = new Map<string, JWTVerifyGetKey>();

/** The keys that `issuer` publishes, for all verifiers that use the global `fetch`: one may be made for each request. */
export function sharedKeys(issuer: string, network: Network): JWTVerifyGetKey {
  const name = `${issuer} ${network.timeoutMs}`;
  const keys = shared.get(name) ?? fetchedKeys(issuer, network);
  if (shared.size >= MAX_SHARED) shared.clear();
  shared.set(name, keys);
  return keys;
}

/** The keys that `issuer` publishes. Fetches them when they are needed, and once more for an unknown `kid`. */
export function fetchedKeys(issuer: string, network: Network): JWTVerifyGetKey {
  const url = new URL('/.well-known/jwks.json', issuer);
  let failed: { at: number; cause: unknown } | undefined;

  async function fetchKeys(): Promise<Response> {
    if (failed !== undefined && Math.abs(Date.now() - failed.at) < PAUSE_MS) throw failed.cause;
    try {
      const keys = await fetchJson(url.href, { headers: { accept: 'application/json' } }, network);
      if (!isRecord(keys) || !Array.isArray(keys['keys'])) throw new Unavailable(`${url.href} is not a JWK Set.`);
      failed = undefined;
      return Response.json(keys);
    } catch (cause) {
      failed = { at: Date.now(), cause };
      throw cause;
    }
  }

  const durations = { cacheMaxAge: MAX_AGE_MS, cooldownDuration: COOLDOWN_MS };
  return createRemoteJWKSet(url, { ...durations, [customFetch]: fetchKeys });
}

/** The keys in `jwks`. Throws `TypeError` when one is not a public key with a `kid`. */
export function givenKeys(jwks: JSONWebKeySet): JWTVerifyGetKey {
  const keys: unknown = isRecord(jwks) ? jwks.keys : undefined;
  if (!Array.isArray(keys) || keys.length === 0) throw new TypeError('jwks must be a JWK Set with at least one key.');
  if (!keys.every(isPublicKey)) throw new TypeError('Each key in jwks must be a public key with a kid.');
  return createLocalJWKSet(jwks);
}

function isPublicKey(key: unknown): boolean {
  return isRecord(key) && typeof key['kid'] === 'string' && key['kty'] !== 'oct' && !('d' in key) && !('k' in key);
}
