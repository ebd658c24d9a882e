import type { Config } from '../../config/config.ts';
import { OWN_SCOPE_PREFIX } from '../../crypto/bounds.ts';

/** The scopes of a user with these `roles`, sorted: those of everybody, and those of the roles. */
export function scopesOfUser(roles: readonly string[], { userScopes }: Pick<Config, 'userScopes'>): string[] {
  const own = userScopes.filter(({ role }) => role === undefined || roles.includes(role));
  return [...new Set(own.map(({ scope }) => scope))].toSorted();
}

/** Those of the `scopes` of a client that its API keys can have, sorted: none of the service itself. */
export function keyScopesOfClient(scopes: readonly string[]): string[] {
  return scopes.filter((scope) => !scope.startsWith(OWN_SCOPE_PREFIX)).toSorted();
}
