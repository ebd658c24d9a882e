import { z } from '@hono/zod-openapi';
import { logInByFactor } from '../../../domain/login/log-in-by-factor.ts';
import { logInByPasskey, passkeyOptionsOfAnybody } from '../../../domain/login/log-in-by-passkey.ts';
import type { App } from '../../app-env.ts';
import { openRoute } from '../../endpoint.ts';
import { challengeToken, factorFields, factorOf, responseOf, usedPasskey } from '../../request/factor.ts';
import { jsonRequest } from '../../request/json-body.ts';
import { loginOriginOf } from '../../request/login-origin.ts';
import { networkOf } from '../../request/network.ts';
import { passkeyOptions } from '../../response/challenge.ts';
import { json } from '../../response/json.ts';
import { shapeTokens, tokenResponse } from '../../response/tokens.ts';

const own = {
  refuses: ['invalid_challenge_token' as const, 'wrong_factor' as const, 'storage_unavailable' as const],
  failure: 'login_failed' as const,
  budget: 'credentials' as const,
};

const byFactor = openRoute(
  {
    method: 'post',
    path: '/auth/login/factor',
    summary: 'Begin a session with a second factor, after the password',
    request: jsonRequest({ challenge_token: challengeToken, ...factorFields }),
    responses: { 200: json(tokenResponse, 'A new session.') },
  },
  own,
);

const options = openRoute(
  {
    method: 'post',
    path: '/auth/login/passkey/options',
    summary: 'What a browser needs to log in by a passkey',
    responses: {
      200: json(
        z.object({ status: z.literal('success'), data: passkeyOptions }).openapi('PasskeyRequestOptionsResponse'),
        'The options, which are the same for everybody but for the challenge.',
      ),
    },
  },
  { budget: 'credentials' },
);

const byPasskey = openRoute(
  {
    method: 'post',
    path: '/auth/login/passkey',
    summary: 'Begin a session by a passkey alone',
    request: jsonRequest({ passkey: usedPasskey }),
    responses: { 200: json(tokenResponse, 'A new session.') },
  },
  own,
);

export function mountLogInByFactor(app: App) {
  app.openapi(byFactor, async (c) => {
    const { challenge_token: challengeToken, ...factors } = c.req.valid('json');
    const tokens = await logInByFactor(c.var.deps, { challengeToken, proof: factorOf(factors) }, loginOriginOf(c));
    return c.json(shapeTokens('Successfully logged in.', tokens), 200);
  });

  app.openapi(options, async (c) => {
    const data = await passkeyOptionsOfAnybody(c.var.deps, networkOf(c));
    return c.json({ status: 'success' as const, data }, 200);
  });

  app.openapi(byPasskey, async (c) => {
    const tokens = await logInByPasskey(c.var.deps, responseOf(c.req.valid('json').passkey), loginOriginOf(c));
    return c.json(shapeTokens('Successfully logged in.', tokens), 200);
  });
}
