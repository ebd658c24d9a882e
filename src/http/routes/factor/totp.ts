import { z } from '@hono/zod-openapi';
import { removeFactor } from '../../../domain/factor/remove-factor.ts';
import { confirmTotp, offerTotp } from '../../../domain/factor/totp.ts';
import type { App } from '../../app-env.ts';
import { enrollerRoute, revokerRoute } from '../../endpoint.ts';
import { enrollerField } from '../../middleware/require-enroller.ts';
import { challengeToken, code } from '../../request/factor.ts';
import { jsonRequest } from '../../request/json-body.ts';
import { deviceOf, loginOriginOf } from '../../request/login-origin.ts';
import { networkOf } from '../../request/network.ts';
import { enrolled, shapeEnrolled, shapeOffer, totpOffer } from '../../response/factor.ts';
import { json } from '../../response/json.ts';
import { shapeTokens, tokenResponse } from '../../response/tokens.ts';

const path = '/auth/factors/totp';

const offer = enrollerRoute(
  {
    method: 'post',
    path,
    summary: 'Get a secret for an authenticator app',
    request: jsonRequest(enrollerField),
    responses: {
      200: json(
        z.object({ status: z.literal('success'), data: totpOffer }).openapi('TotpOfferResponse'),
        'The secret, also as a QR code. Nothing is stored yet.',
      ),
    },
  },
  { budget: 'credentials' },
);

const confirmation = enrollerRoute(
  {
    method: 'post',
    path: `${path}/confirm`,
    summary: 'Set up the authenticator app that shows this code',
    request: jsonRequest({ enrolment_token: challengeToken, code, ...enrollerField }),
    responses: { 200: json(enrolled, 'The app is a second factor from now on, in place of a former one.') },
  },
  { refuses: ['wrong_factor', 'change_conflict'], budget: 'credentials' },
);

const removal = revokerRoute(
  {
    method: 'delete',
    path,
    summary: 'Remove the authenticator app, end all sessions, and go on in a new one',
    responses: { 200: json(tokenResponse, 'The app is a factor no more, and all former sessions are over.') },
  },
  {
    refuses: ['insufficient_user_authentication', 'unknown_factor', 'last_factor', 'change_conflict'],
    budget: 'credentials',
  },
);

export function mountTotp(app: App) {
  app.openapi(offer, async (c) => {
    const data = shapeOffer(await offerTotp(c.var.deps, c.var.enroller, networkOf(c)));
    return c.json({ status: 'success' as const, data }, 200);
  });

  app.openapi(confirmation, async (c) => {
    const { enrolment_token: token, code } = c.req.valid('json');
    const done = await confirmTotp(c.var.deps, c.var.enroller, { token, code }, loginOriginOf(c));
    return c.json(shapeEnrolled('Authenticator app set up.', done), 200);
  });

  app.openapi(removal, async (c) => {
    const tokens = await removeFactor(c.var.deps, c.var.revoker, { kind: 'totp' }, deviceOf(c));
    return c.json(shapeTokens('Authenticator app removed.', tokens), 200);
  });
}
