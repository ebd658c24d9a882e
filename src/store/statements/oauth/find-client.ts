import { eq } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { clients } from '../../tables/clients.ts';

/** Selects the client `id`. */
export const findClient = statement(({ id }: Given<{ id: string }>) =>
  build.select().from(clients).where(eq(clients.id, id)),
);
