import { confirmEmail } from '../../../domain/account/confirm-email.ts';
import { requestEmailChange } from '../../../domain/account/request-email-change.ts';
import { undoEmail } from '../../../domain/account/undo-email.ts';
import type { App } from '../../app-env.ts';
import { openRoute, proofRoute, userRoute } from '../../endpoint.ts';
import { ownProofBody } from '../../middleware/require-proof.ts';
import { email, password } from '../../request/credentials.ts';
import { jsonRequest } from '../../request/json-body.ts';
import { localeOf } from '../../request/locale.ts';
import { networkOf } from '../../request/network.ts';
import { token } from '../../request/proof.ts';
import { json, messageResponse, shapeMessage } from '../../response/json.ts';

const request = userRoute(
  {
    method: 'post',
    path: '/auth/email',
    summary: 'Send a mail to a new address for the account',
    request: jsonRequest({ new_email: email, password }),
    responses: { 202: json(messageResponse, 'The mail is on its way, unless the address has had its mails.') },
  },
  { refuses: ['wrong_password', 'mail_unavailable', 'insufficient_user_authentication'], budget: 'credentials' },
);

const confirm = proofRoute(
  {
    method: 'post',
    path: '/auth/email/confirm',
    summary: 'Give the account the address that a mail was sent to',
    request: { body: ownProofBody },
    responses: { 200: json(messageResponse, 'The address is the new one.') },
  },
  { refuses: ['invalid_challenge'], budget: 'credentials' },
);

const undo = openRoute(
  {
    method: 'post',
    path: '/auth/email/undo',
    summary: 'Give the account its former address back, and end all sessions',
    request: jsonRequest({ token }),
    responses: {
      200: json(messageResponse, 'The former address is back, and a mail to choose a new password is on its way.'),
    },
  },
  { refuses: ['invalid_challenge', 'storage_unavailable'], budget: 'credentials' },
);

export function mountChangeEmail(app: App) {
  app.openapi(request, async (c) => {
    const { new_email: newEmail, password } = c.req.valid('json');
    const { deps, caller } = c.var;
    await requestEmailChange(deps, caller, { newEmail, password, locale: localeOf(c), network: networkOf(c) });
    return c.json(shapeMessage('Check your mail.'), 202);
  });
  app.openapi(confirm, async (c) => {
    await confirmEmail(c.var.deps, c.var.proof);
    return c.json(shapeMessage('The e-mail address is changed.'), 200);
  });
  app.openapi(undo, async (c) => {
    await undoEmail(c.var.deps, c.req.valid('json').token);
    return c.json(shapeMessage('The former e-mail address is back. Check your mail to choose a new password.'), 200);
  });
}
