import type { KeyOwner } from '../../store/statements/key/key-owner.ts';
import type { NewEvent } from '../../store/statements/event/insert-event.ts';
import type { Deps } from '../deps.ts';
import { newEvent, type Subject } from '../event/new-event.ts';

/** An event about the API key `keyId` of `owner`. Stores nothing. */
export function newKeyEvent(
  deps: Pick<Deps, 'now' | 'trace'>,
  type: 'key_created' | 'key_revoked' | 'key_refused',
  { owner, keyId, ...by }: { owner: KeyOwner; keyId: string } & Pick<Subject, 'actor' | 'sessionId'>,
): NewEvent {
  const isOfUser = owner.kind === 'user';
  const data = { key_id: keyId, ...(isOfUser ? {} : { client_id: owner.id }) };
  return newEvent(deps, type, { ...by, ...(isOfUser ? { userId: owner.id } : {}), data });
}
