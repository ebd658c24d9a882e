import { confirmRegistration } from '../../../domain/account/confirm-registration.ts';
import type { App } from '../../app-env.ts';
import { openRoute } from '../../endpoint.ts';
import { password } from '../../request/credentials.ts';
import { localeOf } from '../../request/locale.ts';
import { loginOriginOf } from '../../request/login-origin.ts';
import { proofOf, proofRequest } from '../../request/proof.ts';
import { json } from '../../response/json.ts';
import { shapeTokens, tokenResponse } from '../../response/tokens.ts';

const route = openRoute(
  {
    method: 'post',
    path: '/auth/register/confirm',
    summary: 'Make the account that a mail was sent for, and log it in',
    request: proofRequest({ password }),
    responses: { 201: json(tokenResponse, 'The account exists, and a first session with it.') },
  },
  {
    refuses: ['invalid_challenge', 'registration_closed', 'storage_unavailable', 'breach_check_unavailable'],
    failure: 'registration_failed',
    budget: 'credentials',
  },
);

export function mountConfirmRegistration(app: App) {
  app.openapi(route, async (c) => {
    const { password, ...proof } = c.req.valid('json');
    const account = { proof: proofOf(proof), password, locale: localeOf(c) };
    const tokens = await confirmRegistration(c.var.deps, account, loginOriginOf(c));
    return c.json(shapeTokens('Successfully registered.', tokens), 201);
  });
}
