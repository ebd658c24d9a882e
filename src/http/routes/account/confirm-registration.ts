import { z } from '@hono/zod-openapi';
import { confirmRegistration } from '../../../domain/account/confirm-registration.ts';
import type { App } from '../../app-env.ts';
import { openRoute } from '../../endpoint.ts';
import { password } from '../../request/credentials.ts';
import { localeOf } from '../../request/locale.ts';
import { loginOriginOf } from '../../request/login-origin.ts';
import { proofOf, proofRequest } from '../../request/proof.ts';
import { registeredChallenge, shapeRegistered } from '../../response/challenge.ts';
import { json } from '../../response/json.ts';
import { tokenResponse } from '../../response/tokens.ts';

const route = openRoute(
  {
    method: 'post',
    path: '/auth/register/confirm',
    summary: 'Make the account that a mail was sent for, and log it in',
    request: proofRequest({ password }),
    responses: {
      201: json(
        z.union([tokenResponse, registeredChallenge]),
        'The account exists, and a first session with it, unless that takes a second factor.',
      ),
    },
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
    return c.json(shapeRegistered(await confirmRegistration(c.var.deps, account, loginOriginOf(c))), 201);
  });
}
