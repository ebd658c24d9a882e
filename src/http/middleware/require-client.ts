import { createMiddleware } from 'hono/factory';
import { authenticateClient } from '../../domain/oauth/authenticate-client.ts';
import type { AppEnv } from '../app-env.ts';
import { readClientCredentials } from '../request/client-credentials.ts';
import { readForm } from '../request/form-body.ts';

/**
 * Lets in a client that proves its secret. Reads and checks the form. Refuses with `form_expected`, `invalid_request`
 * and `invalid_client`.
 */
export function requireClient() {
  return createMiddleware<AppEnv>(async function requireClient(c, next) {
    const form = await readForm(c);
    await authenticateClient(c.get('deps'), readClientCredentials(c, form));
    await next();
  });
}
