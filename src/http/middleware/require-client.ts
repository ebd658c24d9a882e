import { createMiddleware } from 'hono/factory';
import { type AuthenticatedClient, authenticateClient } from '../../domain/oauth/authenticate-client.ts';
import type { AppEnv } from '../app-env.ts';
import { readClientProof } from '../request/client-credentials.ts';
import { readForm } from '../request/form-body.ts';

/**
 * Lets in a client that proves who it is, and sets `c.var.client`. Reads and checks the form. Refuses with
 * `form_expected`, `invalid_request` and `invalid_client`.
 */
export function requireClient() {
  return createMiddleware<AppEnv & { Variables: { client: AuthenticatedClient } }>(
    async function requireClient(c, next) {
      const form = await readForm(c);
      c.set('client', await authenticateClient(c.get('deps'), readClientProof(c, form)));
      await next();
    },
  );
}
