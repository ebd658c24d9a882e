import { register } from '../../../domain/account/register.ts';
import type { App } from '../../app-env.ts';
import { openRoute } from '../../endpoint.ts';
import { credentials } from '../../request/credentials.ts';
import { localeOf } from '../../request/locale.ts';
import { loginOriginOf } from '../../request/login-origin.ts';
import { json } from '../../response/json.ts';
import { shapeTokens, tokenResponse } from '../../response/tokens.ts';

const route = openRoute(
  {
    method: 'post',
    path: '/auth/register',
    summary: 'Make an account and log it in',
    request: credentials,
    responses: { 201: json(tokenResponse, 'The account exists, and a first session with it.') },
  },
  {
    refuses: ['email_taken', 'storage_unavailable', 'breach_check_unavailable'],
    failure: 'registration_failed',
    budget: 'credentials',
  },
);

export function mountRegister(app: App) {
  app.openapi(route, async (c) => {
    const account = { ...c.req.valid('json'), locale: localeOf(c) };
    const tokens = await register(c.var.deps, account, loginOriginOf(c));
    return c.json(shapeTokens('Successfully registered.', tokens), 201);
  });
}
