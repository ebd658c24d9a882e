import { OWN_SCOPE_PREFIX, SCOPE } from '../../crypto/bounds.ts';
import { ownScopes } from './own-scopes.ts';

const OWN_SCOPES: readonly string[] = Object.keys(ownScopes);

const MAX_SCOPES = 64;
const MAX_CHARACTERS = 1024;

/** What is wrong with the scopes of a client; `undefined` when nothing is. All of them may be in one access token. */
export function faultOfScopes(scopes: readonly string[]): string | undefined {
  if (scopes.length > MAX_SCOPES) return `Must have at most ${MAX_SCOPES} scopes.`;
  if (!scopes.every((scope) => SCOPE.test(scope)))
    return 'Must begin with a letter, and have letters, digits, and _ : . / - only, at most 64 characters each.';
  if (scopes.some((scope) => scope.startsWith(OWN_SCOPE_PREFIX) && !OWN_SCOPES.includes(scope)))
    return `Must have no other scopes of ${OWN_SCOPE_PREFIX} than ${OWN_SCOPES.join(' and ')}.`;
  if (scopes.join(' ').length > MAX_CHARACTERS) return `Must have at most ${MAX_CHARACTERS} characters together.`;
  return undefined;
}

/** Sorted, and each once. */
export const sortScopes = (scopes: readonly string[]): string[] => [...new Set(scopes)].toSorted();
