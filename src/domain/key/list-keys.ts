import type { ListedKey } from '../../store/statements/key/list-keys.ts';
import type { KeyOwner } from '../../store/statements/key/key-owner.ts';
import { Refusal } from '../../errors.ts';
import type { Page } from '../admin/list-users.ts';
import { isUserId } from '../admin/managed-user.ts';
import { parsePlace, placeOf } from '../admin/place.ts';
import type { Deps } from '../deps.ts';
import { isClientId } from '../oauth/client-id.ts';

/**
 * Up to `limit` keys of `owner` after the cursor `after`, newest first: those that are not revoked, also when they have
 * expired. One round trip. Refuses with `unknown_user` or `unknown_client`, and with `invalid_request` a cursor that is
 * none of ours.
 */
export async function listKeys(
  { apiKeys }: Pick<Deps, 'apiKeys'>,
  owner: KeyOwner,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<Page<ListedKey>> {
  const place = parsePlace(after);
  // One more tells whether there is another page.
  const found = isOwnerId(owner) ? await apiKeys.list(owner, { ...place, limit: limit + 1 }) : undefined;
  if (found === undefined) throw unknownOwner(owner);
  const items = found.slice(0, limit);
  const last = found.length > limit ? items.at(-1) : undefined;
  return { items, next: last && placeOf(last.createdAt, last.id) };
}

/** Whether there can be such an owner. Any other id costs no query. */
export const isOwnerId = ({ kind, id }: KeyOwner): boolean => (kind === 'user' ? isUserId(id) : isClientId(id));

export const unknownOwner = ({ kind }: KeyOwner) => new Refusal(kind === 'user' ? 'unknown_user' : 'unknown_client');
