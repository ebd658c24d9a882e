import type { ListedKey } from '../../store/statements/key/list-keys.ts';
import type { KeyOwner } from '../../store/statements/key/key-owner.ts';
import type { Deps } from '../deps.ts';
import { cursorAt, type Page, pageOf, parseCursor } from '../page.ts';
import { isOwnerId, unknownOwner } from './key-owner.ts';

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
  const listing = { ...parseCursor(after), limit: limit + 1 };
  const found = isOwnerId(owner) ? await apiKeys.list(owner, listing) : undefined;
  if (found === undefined) throw unknownOwner(owner);
  return pageOf(found, limit, ({ createdAt, id }) => cursorAt(createdAt, id));
}
