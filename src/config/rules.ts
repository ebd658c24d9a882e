import { z } from 'zod';
import { isOriginPattern } from './origin-pattern.ts';

/** A variable or secret. */
export const text = z.string({ error: ({ input }) => (input === undefined ? 'is missing' : 'must be text') });

/** A whole number: text in an environment variable, and perhaps a number in wrangler.toml. */
export function wholeNumber(min: number, max: number) {
  const error = `must be a whole number from ${min} to ${max}`;
  const isInBounds = (value: string | number) =>
    /^\d{1,10}$/.test(String(value)) && Number(value) >= min && Number(value) <= max;
  return z.union([z.string(), z.number()], { error }).refine(isInBounds, { error, abort: true }).transform(Number);
}

/** An issuer (RFC 8414, section 2), without a path. */
export const issuer = text.refine(isIssuer, {
  error: 'must be the https URL of this service without a path or a final slash (http on localhost only)',
});

/** The origins whose pages may call, comma-separated. */
export const origins = text.transform(splitList).refine((list) => list.every(isOriginPattern), {
  error: 'must be origins such as https://app.example.org, https://*.app.example.org or http://localhost:*, or *',
});

/**
 * Names of headers (RFC 9110, section 5.1), comma-separated. `*` is such a name too, but browsers would take it for all
 * names save `Authorization`.
 */
export const headerNames = text
  .transform(splitList)
  .refine((list) => list.every((name) => /^[\w!#$%&'*+.^`|~-]{1,64}$/.test(name) && name !== '*'), {
    error: 'must be names of headers such as sentry-trace, comma-separated, without *',
  });

/** A key in base64. */
export const secretKey = text.refine(isRandomKey, { error: 'must be at least 32 random bytes in base64' });

/** Keys with ids, the one in force first. */
export const peppers = text
  .transform((list) => list.split(',').map(splitPair))
  .transform((pairs) => pairs.map(({ id, value: key }) => ({ id, key })))
  .refine((list) => list.every(({ id, key }) => /^[a-z0-9-]{1,16}$/.test(id) && isRandomKey(key)), {
    error: 'must be id:key, the key at least 32 random bytes in base64; several, the one in force first, with commas',
  })
  .refine((list) => new Set(list.map(({ id }) => id)).size === list.length, { error: 'must not name an id twice' });

/** Clients and the SHA-256 of their secrets. A client whose secret is being changed stands twice. */
export const oauthClients = text
  .transform((list) => splitList(list).map(splitPair))
  .transform((pairs) => pairs.map(({ id, value: secretHash }) => ({ id, secretHash })))
  .refine((list) => list.every(({ id, secretHash }) => /^\w[\w.-]{0,63}$/.test(id) && /^[\w-]{43}$/.test(secretHash)), {
    error: 'must be id:hash as npm run client prints it; several with commas',
  });

/** A private JWKS, kept as text: its keys are imported when they are used, and remembered by it. */
export const signingKeys = text.refine(isSigningKeySet, {
  error: 'must be a JWKS of private keys, each with a kid of its own and the alg ES256, EdDSA or RS256',
});

/** Where a libSQL server is, as Turso shows it. The token goes there: only loopback may do without TLS. */
export const databaseUrl = text.refine(isDatabaseUrl, {
  error: 'must be libsql:// or https:// and a host (http:// on localhost only), without path, query or credentials',
});

/** What goes into an `Authorization` header (RFC 6750, section 2.1). */
export const bearerToken = text.regex(/^[\w.~+/-]+=*$/, { error: 'must be a token as it goes into a header' });

/** Where the ranges of Have I Been Pwned are: what is looked up follows the final slash. */
export const rangeUrl = text.refine(isRangeUrl, {
  error: 'must be an https URL without query that ends in / (http on localhost only)',
});

/** One of `values`. */
export function oneOf<const T extends string>(...values: T[]) {
  return z.enum(values, { error: `must be ${values.join(' or ')}` });
}

/** A binding of the Worker. */
export const binding = z.custom<object>((value) => typeof value === 'object' && value !== null, {
  error: 'is not bound: see wrangler.toml',
});

function isIssuer(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  return value === url.origin && isSecure(url);
}

function isDatabaseUrl(value: string): boolean {
  const url = value.replace(/^libsql:/, 'https:');
  return /^https?:\/\/[^/?#@\s\\%]+\/?$/.test(url) && URL.canParse(url) && isSecure(new URL(url));
}

function isRangeUrl(value: string): boolean {
  return /^https?:\/\/[^?#@\s\\]+\/$/.test(value) && URL.canParse(value) && isSecure(new URL(value));
}

/** With TLS, or not leaving the machine. */
function isSecure({ protocol, hostname }: URL): boolean {
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return protocol === 'https:' || (protocol === 'http:' && isLoopback);
}

function splitList(list: string): string[] {
  const entries = list.split(',').map((entry) => entry.trim());
  return entries.filter((entry) => entry !== '');
}

/** At least 32 bytes in base64, and no phrase or pattern: random ones fail this less than once in 10^12 times. */
function isRandomKey(value: string): boolean {
  if (!z.base64().safeParse(value).success) return false;
  const bytes = atob(value);
  return bytes.length >= 32 && new Set(bytes).size >= 16 && /[^\x20-\x7e\s]/.test(bytes);
}

function splitPair(pair: string) {
  const colon = pair.indexOf(':');
  return { id: pair.slice(0, Math.max(colon, 0)), value: pair.slice(colon + 1) };
}

const MAX_KEYS = 16;

const keySet = z.object({
  keys: z
    .array(
      z.object({
        kid: z.string().min(1).max(64),
        alg: z.enum(['ES256', 'EdDSA', 'RS256']),
        kty: z.string(),
        d: z.string(),
      }),
    )
    .min(1)
    .max(MAX_KEYS)
    .refine((keys) => new Set(keys.map(({ kid }) => kid)).size === keys.length),
});

function isSigningKeySet(value: string): boolean {
  try {
    return keySet.safeParse(JSON.parse(value)).success;
  } catch {
    return false;
  }
}
