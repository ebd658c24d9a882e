import { z } from '@hono/zod-openapi';
import { introspect, type TokenState } from '../../domain/introspect.ts';
import { json } from '../answers.ts';
import type { App } from '../app-env.ts';
import { clientRoute } from '../endpoint.ts';
import { oauthError } from '../oauth-error.ts';
import { tokenForm } from '../token-form.ts';

const answer = z.union([
  z.object({ active: z.literal(false) }),
  z.object({
    active: z.literal(true),
    iss: z.string(),
    sub: z.string(),
    sid: z.string(),
    exp: z.int(),
    token_type: z.literal('Bearer').optional(),
    aud: z.string().optional(),
    iat: z.int().optional(),
    jti: z.string().optional(),
    admin: z.boolean().optional(),
  }),
]);

const route = clientRoute({
  method: 'post',
  path: '/oauth/introspect',
  summary: 'Whether a token would be accepted now, and what it says (RFC 7662)',
  request: tokenForm,
  responses: {
    200: json(answer, 'The state of the token, the database asked.'),
    400: oauthError('Not a request of RFC 7662.'),
    401: oauthError('Not a client of ours.'),
    413: oauthError('The form is larger than 16 KiB.'),
    415: oauthError('Not a form.'),
    429: oauthError('Too many requests from this address.'),
    503: oauthError('Storage is out of reach, or the configuration wrong.'),
  },
});

export function mountIntrospect(app: App) {
  app.openapi(route, async (c) => {
    const { deps } = c.var;
    const state = await introspect(deps, c.req.valid('form').token);
    return c.json(state === undefined ? { active: false as const } : shape(state, deps.config), 200);
  });
}

function shape(state: TokenState, { issuer, audience }: { issuer: string; audience: string }) {
  const active = { active: true as const, iss: issuer };
  if (state.kind === 'refresh_token') return { ...active, sub: state.sub, sid: state.sid, exp: state.exp };
  return { ...active, aud: audience, token_type: 'Bearer' as const, ...state.claims };
}
