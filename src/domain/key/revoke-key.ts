import type { KeyOwner } from '../../store/statements/key/key-owner.ts';
import { Refusal } from '../../errors.ts';
import type { Deps } from '../deps.ts';
import type { Subject } from '../event/new-event.ts';
import { denylistKey } from '../denylist.ts';
import { newKeyEvent } from './key-event.ts';
import { isOwnerId, unknownOwner } from './key-owner.ts';

/** The id of an API key. Any other text stays out of the database. */
const KEY_ID = /^[0-9A-Za-z]{16}$/;

/**
 * Revokes the API key `keyId` of `owner`, and the access tokens that it was exchanged for. One round trip and an entry in
 * KV. Refuses with `unknown_user` or `unknown_client`, and with `unknown_key`. Rejects with `StorageFailure` unless both
 * have recorded it; asking again completes it. The database goes first, so that nobody exchanges the key after the entry.
 */
export async function revokeKey(
  deps: Pick<Deps, 'config' | 'now' | 'trace' | 'apiKeys' | 'denylist'>,
  owner: KeyOwner,
  keyId: string,
  by: Pick<Subject, 'actor' | 'sessionId'> = {},
): Promise<void> {
  if (!isOwnerId(owner)) throw unknownOwner(owner);
  const id = KEY_ID.test(keyId) ? keyId : '';
  const found = await deps.apiKeys.revoke(owner, id, newKeyEvent(deps, 'key_revoked', { owner, keyId: id, ...by }));
  if (found === undefined) throw unknownOwner(owner);
  if (!found.hasKey) throw new Refusal('unknown_key');
  await denylistKey(deps, keyId);
}
