import type { Config } from '../../config/config.ts';

/** The scopes of a user with these `roles`, sorted: those of everybody, and those of the roles. */
export function scopesOfUser(roles: readonly string[], { userScopes }: Pick<Config, 'userScopes'>): string[] {
  const own = userScopes.filter(({ role }) => role === undefined || roles.includes(role));
  return [...new Set(own.map(({ scope }) => scope))].toSorted();
}
