import { z } from 'zod';

/** A variable or secret. */
export const text = z.string({ error: ({ input }) => (input === undefined ? 'is missing' : 'must be text') });

/** The problem of a binding that the Worker does not have. */
export const NOT_BOUND = 'is not bound: see wrangler.toml';

/**
 * A binding that the Worker must have. For one that only some settings need, use `z.unknown().optional()` and a rule on
 * `isBinding`.
 */
export const binding = z.custom<object>(isBinding, { error: NOT_BOUND });

/** A whole number from `min` to `max`: digits in a string, or a number as wrangler.toml may hold it. */
export function wholeNumber(min: number, max: number) {
  const error = `must be a whole number from ${min} to ${max}`;
  const isInBounds = (value: string | number) =>
    /^\d{1,10}$/.test(String(value)) && Number(value) >= min && Number(value) <= max;
  return z.union([z.string(), z.number()], { error }).refine(isInBounds, { error, abort: true }).transform(Number);
}

/** One of `values`. */
export function oneOf<const T extends string>(...values: T[]) {
  return z.enum(values, { error: `must be ${values.join(' or ')}` });
}

/** Whether `value` can be a binding of the Worker. */
export function isBinding(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Whether requests to `url` use TLS or stay on this machine. */
export function isSecure(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
}

/** Whether `url` is on this machine. */
export function isLoopback({ hostname }: URL): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

/**
 * Whether `value` is at least 32 bytes in base64 that look random, not like text or a pattern. Random bytes fail this
 * less than once in 10^12 times.
 */
export function isRandomKey(value: string): boolean {
  if (!z.base64().safeParse(value).success) return false;
  const bytes = atob(value);
  return bytes.length >= 32 && new Set(bytes).size >= 16 && /[^\x20-\x7e\s]/.test(bytes);
}

/** The entries of a comma-separated list, trimmed. Empty ones are dropped. */
export function splitList(list: string): string[] {
  const entries = list.split(',').map((entry) => entry.trim());
  return entries.filter((entry) => entry !== '');
}

/** The two sides of the first colon in `id:value`. Without a colon, the id is empty. */
export function splitPair(pair: string): { id: string; value: string } {
  const colon = pair.indexOf(':');
  return { id: pair.slice(0, Math.max(colon, 0)), value: pair.slice(colon + 1) };
}
