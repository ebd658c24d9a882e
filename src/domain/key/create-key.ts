import { makeApiKey } from '../../crypto/api-key.ts';
import { Refusal } from '../../errors.ts';
import type { ListedKey } from '../../store/statements/key/list-keys.ts';
import type { KeyOwner } from '../../store/statements/key/key-owner.ts';
import { type Admin, actorOf } from '../admin/authenticate-admin.ts';
import type { Deps } from '../deps.ts';
import type { Subject } from '../event/new-event.ts';
import type { DeliveryDeps } from '../mail/deliver.ts';
import { newNotice, sendAfterResponse } from '../mail/notice.ts';
import { getClient } from '../oauth/managed-client.ts';
import type { Caller } from '../session/authenticate.ts';
import { after } from '../time.ts';
import { newKeyEvent } from './key-event.ts';
import { keyScopesOfClient, scopesOfUser } from './user-scopes.ts';

/** What a key is to be: without `scopes` it has all that its owner has now, and with `null` days it never expires. */
export type KeyRequest = { name: string; scopes: string[] | undefined; expiresInDays: number | null };

/** A key as it is made. Nobody can read `key` again. */
export type CreatedKey = { key: string; listed: ListedKey };

/** The owner of a new key as it was read, the scopes that the key can have, and who makes it. */
type Maker = { owner: KeyOwner & { version: number }; available: string[] } & Pick<Subject, 'actor' | 'sessionId'>;

type KeyCreationDeps = DeliveryDeps & Pick<Deps, 'apiKeys' | 'afterResponse'>;

const DAY_SECONDS = 86_400;

/**
 * Makes an API key of the caller, who gets a notice by mail. One round trip. Refuses with `keys_closed` a caller without
 * scopes, and as `createKey` does.
 */
export async function createOwnKey(deps: KeyCreationDeps, caller: Caller, request: KeyRequest): Promise<CreatedKey> {
  const { id, version, roles } = caller.user;
  const available = scopesOfUser(roles, deps.config);
  if (available.length === 0) throw new Refusal('keys_closed');
  return createKey(deps, { owner: { kind: 'user', id, version }, available, sessionId: caller.claims.sid }, request);
}

/**
 * Makes an API key of the client `id`. Two round trips. Refuses with `unknown_client` and `client_disabled`, and as
 * `createKey` does.
 */
export async function createKeyOfClient(
  deps: KeyCreationDeps & Pick<Deps, 'clients'>,
  admin: Admin,
  id: string,
  request: KeyRequest,
): Promise<CreatedKey> {
  const client = await getClient(deps, id);
  if (client.disabledAt !== null) throw new Refusal('client_disabled');
  const owner = { kind: 'client' as const, id, version: client.version };
  return createKey(deps, { owner, available: keyScopesOfClient(client.scopes), actor: actorOf(admin) }, request);
}

/**
 * Makes an API key. Refuses with `invalid_request` scopes that the owner does not have, with `too_many_keys`, and with
 * `change_conflict` when the owner has another version by now, or is gone or disabled: what ends everything that is under
 * way ends this too.
 */
async function createKey(deps: KeyCreationDeps, maker: Maker, request: KeyRequest): Promise<CreatedKey> {
  const { owner, available, ...by } = maker;
  const scopes = pickScopes(request.scopes, available);
  const { key, id, mac } = await makeApiKey(deps.config.secretKey);
  const at = deps.now();
  const { name, expiresInDays } = request;
  const expiresAt = expiresInDays === null ? null : after(at, expiresInDays * DAY_SECONDS);
  const row = { keyId: id, ownerVersion: owner.version, name, mac, scopes: JSON.stringify(scopes), at, expiresAt };
  const event = newKeyEvent(deps, 'key_created', { owner, keyId: id, ...by });
  const notice = owner.kind === 'user' ? newNotice(deps, 'key_created', at) : undefined;
  const { isCreated, owner: found } = await deps.apiKeys.create(owner, row, { event, notice });
  if (isCreated) {
    sendAfterResponse(deps, notice);
    return { key, listed: { id, name, scopes, createdAt: at, expiresAt, lastUsedAt: null } };
  }
  const isAsRead = found !== undefined && !found.isDisabled && found.version === owner.version;
  throw new Refusal(isAsRead ? 'too_many_keys' : 'change_conflict');
}

/** The scopes of a new key, sorted: a key without scopes would get in nowhere. */
function pickScopes(requested: string[] | undefined, available: string[]): string[] {
  const scopes = available.filter((scope) => requested?.includes(scope) ?? true);
  const isOwned = requested?.every((scope) => available.includes(scope)) ?? true;
  if (isOwned && scopes.length > 0) return scopes;
  const message =
    available.length === 0 ? 'The owner has none to give.' : 'Must be scopes that the owner of the key has.';
  throw new Refusal('invalid_request', { errors: [{ path: 'scopes', message }] });
}
