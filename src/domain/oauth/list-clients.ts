import type { Client } from '../../store/tables/clients.ts';
import type { Deps } from '../deps.ts';
import { cursorAt, type Page, pageOf, parseCursor } from '../page.ts';

/** Up to `limit` clients after the cursor `after`, newest first. One round trip. Refuses with `invalid_request`. */
export async function listClients(
  { clients }: Pick<Deps, 'clients'>,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<Page<Client>> {
  const found = await clients.list({ ...parseCursor(after), limit: limit + 1 });
  return pageOf(found, limit, ({ createdAt, id }) => cursorAt(createdAt, id));
}
