import { makeClientSecret } from '../../crypto/client-secret.ts';
import type { ClientSecret } from '../../store/tables/clients.ts';

/** A secret that its client gets once, and what the database keeps of it. */
export async function newSecret(at: Date): Promise<{ secret: string; stored: ClientSecret }> {
  const { secret, hash } = await makeClientSecret();
  return { secret, stored: { id: crypto.randomUUID(), hash, createdAt: at.getTime() } };
}
