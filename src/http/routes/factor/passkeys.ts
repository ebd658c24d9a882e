import { z } from '@hono/zod-openapi';
import { addPasskey, passkeyCreation, renamePasskey } from '../../../domain/factor/passkeys.ts';
import { removeFactor } from '../../../domain/factor/remove-factor.ts';
import type { App } from '../../app-env.ts';
import { enrollerRoute, recentRoute, revokerRoute } from '../../endpoint.ts';
import { enrollerField } from '../../middleware/require-enroller.ts';
import { madePasskey } from '../../request/factor.ts';
import { jsonRequest } from '../../request/json-body.ts';
import { deviceOf, loginOriginOf } from '../../request/login-origin.ts';
import { name } from '../../request/name.ts';
import { networkOf } from '../../request/network.ts';
import { enrolled, shapeEnrolled } from '../../response/factor.ts';
import { json, messageResponse, shapeMessage } from '../../response/json.ts';
import { creationOptions } from '../../response/passkey-creation.ts';
import { shapeTokens, tokenResponse } from '../../response/tokens.ts';

const path = '/auth/factors/passkeys';
const one = `${path}/{id}` as const;
const params = z.object({ id: z.string() });

const options = enrollerRoute(
  {
    method: 'post',
    path: `${path}/options`,
    summary: 'What a browser needs to make a passkey',
    request: jsonRequest(enrollerField),
    responses: {
      200: json(
        z.object({ status: z.literal('success'), data: creationOptions }).openapi('PasskeyCreationOptionsResponse'),
        'The options. Nothing is stored yet.',
      ),
    },
  },
  { budget: 'credentials' },
);

const creation = enrollerRoute(
  {
    method: 'post',
    path,
    summary: 'Set up the passkey that a browser has made',
    request: jsonRequest({ name: name.default('Passkey'), passkey: madePasskey, ...enrollerField }),
    responses: {
      201: json(
        z
          .object({ ...enrolled.shape, passkey: z.object({ id: z.string() }).openapi('PasskeyId') })
          .openapi('EnrolledPasskey'),
        'The passkey is a second factor from now on, and logs in alone too.',
      ),
    },
  },
  { refuses: ['invalid_passkey', 'passkey_taken', 'too_many_passkeys', 'change_conflict'], budget: 'credentials' },
);

const renaming = recentRoute(
  {
    method: 'patch',
    path: one,
    summary: 'Give a passkey another name',
    request: { params, ...jsonRequest({ name }) },
    responses: { 200: json(messageResponse, 'The passkey has the name.') },
  },
  { refuses: ['unknown_passkey'] },
);

const removal = revokerRoute(
  {
    method: 'delete',
    path: one,
    summary: 'Remove a passkey, end all sessions, and go on in a new one',
    request: { params },
    responses: { 200: json(tokenResponse, 'The passkey is a factor no more, and all former sessions are over.') },
  },
  {
    refuses: ['insufficient_user_authentication', 'unknown_passkey', 'last_factor', 'change_conflict'],
    budget: 'credentials',
  },
);

export function mountPasskeys(app: App) {
  app.openapi(options, async (c) => {
    const data = await passkeyCreation(c.var.deps, c.var.enroller, networkOf(c));
    return c.json({ status: 'success' as const, data }, 200);
  });

  app.openapi(creation, async (c) => {
    const { name, passkey } = c.req.valid('json');
    const { transports = [], ...made } = passkey.response;
    const given = { name, transports, response: { ...passkey, response: made } };
    const { id, ...done } = await addPasskey(c.var.deps, c.var.enroller, given, loginOriginOf(c));
    return c.json({ ...shapeEnrolled('Passkey set up.', done), passkey: { id } }, 201);
  });

  app.openapi(renaming, async (c) => {
    const { name } = c.req.valid('json');
    await renamePasskey(c.var.deps, c.var.caller, { id: c.req.valid('param').id, name });
    return c.json(shapeMessage('Passkey renamed.'), 200);
  });

  app.openapi(removal, async (c) => {
    const factor = { kind: 'passkey' as const, id: c.req.valid('param').id };
    const tokens = await removeFactor(c.var.deps, c.var.revoker, factor, deviceOf(c));
    return c.json(shapeTokens('Passkey removed.', tokens), 200);
  });
}
