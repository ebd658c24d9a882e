import { Refusal } from '../../errors.ts';
import type { AuthenticatedClient } from './authenticate-client.ts';

/** The scopes of the service itself, each with what a client of the database may do that has it. */
export const ownScopes = {
  'latchkey:introspect': 'Introspect every token and API key.',
  'latchkey:revoke': 'Revoke every token and API key, and not only its own.',
} as const;

export type OwnScope = keyof typeof ownScopes;

/** Whether `client` may do what `scope` stands for. Those of `OAUTH_CLIENTS` may do all of it. */
export const hasOwnScope = (client: AuthenticatedClient, scope: OwnScope): boolean =>
  client.isConfigured || client.row.scopes.includes(scope);

/** Refuses with `unauthorized_client` unless `client` has the scope. */
export function requireOwnScope(client: AuthenticatedClient, scope: OwnScope): void {
  if (!hasOwnScope(client, scope)) throw new Refusal('unauthorized_client', { reason: `without ${scope}` });
}
