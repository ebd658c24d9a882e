import { readClientJwks } from '../../crypto/client-jwks.ts';
import type { Client } from '../../store/tables/clients.ts';
import { isSame } from '../admin/rights.ts';
import type { EventKind } from '../event/new-event.ts';
import { sortScopes } from './client-scopes.ts';

/** The fields of a client that an administrator changes. Those that are `undefined` stay. `jwks` is JSON. */
export type ClientFields = {
  name?: string | undefined;
  scopes?: readonly string[] | undefined;
  jwks?: string | null | undefined;
  disabled?: boolean | undefined;
};

/**
 * The client as `fields` make it at `at`, and each change. Disabling it, and taking away a scope or a key, counts up the
 * version. Stores nothing.
 */
export function planClientChange(
  client: Client,
  {
    name = client.name,
    scopes = client.scopes,
    jwks = client.jwks,
    disabled = client.disabledAt !== null,
  }: ClientFields,
  at: Date,
): { next: Client; changes: EventKind[] } {
  const wanted = { name, scopes: sortScopes(scopes), jwks };
  const wasDisabled = client.disabledAt !== null;
  const fields = (['name', 'scopes', 'jwks'] as const).filter((field) => !isSame(wanted[field], client[field]));
  const data = { client_id: client.id };
  const changes: (EventKind | false)[] = [
    fields.length > 0 && { type: 'client_changed', data: { ...data, fields } },
    disabled !== wasDisabled && { type: disabled ? 'client_disabled' : 'client_enabled', data },
  ];
  const takesAway =
    client.scopes.some((scope) => !wanted.scopes.includes(scope)) ||
    keysOf(client.jwks).some((key) => !keysOf(jwks).includes(key));
  const next = {
    ...client,
    ...wanted,
    disabledAt: disabled ? (client.disabledAt ?? at) : null,
    version: client.version + Number(takesAway || (disabled && !wasDisabled)),
  };
  return { next, changes: changes.filter((change) => change !== false) };
}

/** The keys of a JWKS, each as JSON. */
const keysOf = (jwks: string | null): string[] =>
  jwks === null ? [] : readClientJwks(jwks).map((key) => JSON.stringify(key));
