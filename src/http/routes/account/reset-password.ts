import { requestPasswordReset } from '../../../domain/account/request-password-reset.ts';
import { resetPassword } from '../../../domain/account/reset-password.ts';
import type { App } from '../../app-env.ts';
import { openRoute } from '../../endpoint.ts';
import { email, password } from '../../request/credentials.ts';
import { jsonRequest } from '../../request/json-body.ts';
import { localeOf } from '../../request/locale.ts';
import { networkOf } from '../../request/network.ts';
import { proofOf, proofRequest } from '../../request/proof.ts';
import { json, messageResponse, shapeMessage } from '../../response/json.ts';

const request = openRoute(
  {
    method: 'post',
    path: '/auth/password/reset',
    summary: 'Send a mail to choose a new password',
    request: jsonRequest({ email }),
    responses: {
      202: json(messageResponse, 'If the address has an account, and has not had its mails, one is on its way.'),
    },
  },
  { refuses: ['mail_unavailable', 'storage_unavailable'], budget: 'credentials' },
);

const confirm = openRoute(
  {
    method: 'post',
    path: '/auth/password/reset/confirm',
    summary: 'Choose a new password with what a mail carries, and end all sessions',
    request: proofRequest({ new_password: password }),
    responses: {
      200: json(messageResponse, 'The password is new, the address is verified, and all sessions are over.'),
    },
  },
  { refuses: ['invalid_challenge', 'storage_unavailable', 'breach_check_unavailable'], budget: 'credentials' },
);

export function mountResetPassword(app: App) {
  app.openapi(request, async (c) => {
    await requestPasswordReset(c.var.deps, c.req.valid('json').email, localeOf(c));
    return c.json(shapeMessage('Check your mail.'), 202);
  });
  app.openapi(confirm, async (c) => {
    const { new_password: newPassword, ...proof } = c.req.valid('json');
    await resetPassword(c.var.deps, { proof: proofOf(proof), newPassword, network: networkOf(c) });
    return c.json(shapeMessage('Password changed. Please log in.'), 200);
  });
}
