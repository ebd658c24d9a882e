import { createMiddleware } from 'hono/factory';
import type { AppEnv } from '../app-env.ts';
import { type FormClient, readFormClient } from '../request/client-credentials.ts';
import { readForm } from '../request/form-body.ts';

/**
 * Reads and checks the form, and sets `c.var.formClient`. The use case authenticates the client, if it asks for one.
 * Refuses with `form_expected`, `invalid_request` and `invalid_client`.
 */
export function readClientOfForm() {
  return createMiddleware<AppEnv & { Variables: { formClient: FormClient } }>(async function readClientOfForm(c, next) {
    const form = await readForm(c);
    c.set('formClient', readFormClient(c, form));
    await next();
  });
}
