import type { Client } from '../../store/tables/clients.ts';
import type { Page } from '../admin/list-users.ts';
import { parsePlace, placeOf } from '../admin/place.ts';
import type { Deps } from '../deps.ts';

/** Up to `limit` clients after the cursor `after`, newest first. One round trip. Refuses with `invalid_request`. */
export async function listClients(
  { clients }: Pick<Deps, 'clients'>,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<Page<Client>> {
  // One more tells whether there is another page.
  const found = await clients.list({ ...parsePlace(after), limit: limit + 1 });
  const items = found.slice(0, limit);
  const last = found.length > limit ? items.at(-1) : undefined;
  return { items, next: last && placeOf(last.createdAt, last.id) };
}
