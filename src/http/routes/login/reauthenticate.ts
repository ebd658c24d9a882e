import { z } from '@hono/zod-openapi';
import { reauthenticate } from '../../../domain/login/reauthenticate.ts';
import type { App } from '../../app-env.ts';
import { userRoute } from '../../endpoint.ts';
import { proofFields, reauthenticationOf } from '../../request/factor.ts';
import { jsonRequest } from '../../request/json-body.ts';
import { networkOf } from '../../request/network.ts';
import { json } from '../../response/json.ts';

const response = z
  .object({
    status: z.literal('success'),
    message: z.string(),
    auth_token: z.string(),
    token_type: z.literal('Bearer'),
    expires_in: z.int(),
  })
  .openapi('AccessToken');

const route = userRoute(
  {
    method: 'post',
    path: '/auth/reauthenticate',
    summary: 'Prove again who it is, for what wants a recent login (RFC 9470)',
    request: jsonRequest(proofFields),
    responses: { 200: json(response, 'An access token of the same session that says so.') },
  },
  {
    refuses: [
      'wrong_password',
      'wrong_factor',
      'second_factor_required',
      'second_factor_enrolment_required',
      'invalid_challenge_token',
    ],
    budget: 'credentials',
  },
);

export function mountReauthenticate(app: App) {
  app.openapi(route, async (c) => {
    const proof = reauthenticationOf(c.req.valid('json'));
    const token = await reauthenticate(c.var.deps, c.var.caller, proof, networkOf(c));
    const body = {
      status: 'success' as const,
      message: 'Authenticated.',
      auth_token: token.accessToken,
      token_type: 'Bearer' as const,
      expires_in: token.expiresInSeconds,
    };
    return c.json(body, 200);
  });
}
