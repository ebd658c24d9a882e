import { Refusal } from '../../errors.ts';

/** In characters. All scopes of a client have fewer. */
const MAX_LENGTH = 1024;

/** Scopes with one space between them (RFC 6749, section 3.3). */
const FORMAT = /^[\x21\x23-\x5b\x5d-\x7e]+(?: [\x21\x23-\x5b\x5d-\x7e]+)*$/;

/** The scopes in `text`, each once; `undefined` when it breaks the grammar of RFC 6749, section 3.3, or is too long. */
export function parseScope(text: string): string[] | undefined {
  return text.length <= MAX_LENGTH && FORMAT.test(text) ? [...new Set(text.split(' '))] : undefined;
}

/**
 * The scopes to grant out of `available`, sorted: those that are `requested`, or all. Refuses with `invalid_scope` when the
 * request has one more, and grants nothing then.
 */
export function grantScopes(requested: string | undefined, available: readonly string[]): readonly string[] {
  if (requested === undefined) return available;
  const scopes = parseScope(requested);
  if (scopes === undefined) throw new Refusal('invalid_scope', { reason: 'not the grammar of a scope' });
  if (!scopes.every((scope) => available.includes(scope))) throw new Refusal('invalid_scope');
  return available.filter((scope) => scopes.includes(scope));
}
