import { isClientSecret } from '../../crypto/client-secret.ts';
import { Refusal } from '../../errors.ts';
import type { Deps } from '../deps.ts';

/**
 * Resolves when `secret` belongs to the client `id`. Refuses with `invalid_client`, and does not tell which is wrong.
 */
export async function authenticateClient(
  { config }: Pick<Deps, 'config'>,
  credentials: { id: string; secret: string },
): Promise<void> {
  const isRight = await isClientSecret(credentials, config.oauthClients);
  if (!isRight) throw new Refusal('invalid_client', { reason: 'unknown client, or wrong secret' });
}
