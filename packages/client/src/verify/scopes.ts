/** One scope or more that a token must all have: a list, or a text with spaces between them. */
export type Scope = string | readonly string[];

/** RFC 6749, section 3.3. */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

/**
 * The scopes in `scope`. Throws `TypeError` when it names none, whatever its type says. An empty list must not pass for a
 * place that everybody may enter.
 */
export function scopesIn(scope: unknown): string[] {
  const texts: unknown[] = Array.isArray(scope) ? scope : [scope];
  const scopes = texts.flatMap((text) => (typeof text === 'string' ? text.split(' ') : [text]));
  if (scopes.length > 0 && scopes.every(isScope)) return scopes;
  throw new TypeError("Name at least one scope, such as 'reports:read'.");
}

/** Whether a token with the claim `held` (RFC 8693, section 4.2) has all of `scopes`. */
export function hasScopes(held: unknown, scopes: readonly string[]): boolean {
  const own = typeof held === 'string' ? held.split(' ') : [];
  return scopes.every((scope) => own.includes(scope));
}

const isScope = (value: unknown): value is string => typeof value === 'string' && SCOPE.test(value);
