import { requestVerification } from '../../../domain/account/request-verification.ts';
import { verifyEmail } from '../../../domain/account/verify-email.ts';
import type { App } from '../../app-env.ts';
import { proofRoute, userRoute } from '../../endpoint.ts';
import { ownProofBody } from '../../middleware/require-proof.ts';
import { localeOf } from '../../request/locale.ts';
import { json, messageResponse, shapeMessage } from '../../response/json.ts';

const request = userRoute(
  {
    method: 'post',
    path: '/auth/email/verification',
    summary: 'Send a mail to verify the address of the account',
    responses: { 202: json(messageResponse, 'The mail is on its way, unless the address has had its mails.') },
  },
  { refuses: ['mail_unavailable'], budget: 'credentials' },
);

const confirm = proofRoute(
  {
    method: 'post',
    path: '/auth/email/verify',
    summary: 'Verify the address of the account',
    request: { body: ownProofBody },
    responses: { 200: json(messageResponse, 'The address is verified.') },
  },
  { refuses: ['invalid_challenge'], budget: 'credentials' },
);

export function mountVerifyEmail(app: App) {
  app.openapi(request, async (c) => {
    await requestVerification(c.var.deps, c.var.caller, localeOf(c));
    return c.json(shapeMessage('Check your mail.'), 202);
  });
  app.openapi(confirm, async (c) => {
    await verifyEmail(c.var.deps, c.var.proof);
    return c.json(shapeMessage('The e-mail address is verified.'), 200);
  });
}
