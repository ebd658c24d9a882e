import { formatMailbox, type Transport } from './mail.ts';
import { memberOf, post, type Judge } from './post.ts';

export type ResendOptions = { apiKey: string; deadlineMs: number; url?: string };

/**
 * Sends through Resend. The id of a mail is its idempotency key, so for 24 hours a mail that is sent again arrives
 * once. Source: resend.com/docs/api-reference/emails/send-email and /errors.
 */
export function createResendTransport({
  apiKey,
  deadlineMs,
  url = 'https://api.resend.com/emails',
}: ResendOptions): Transport {
  return {
    async send({ id, to, from, replyTo, subject, text, html }) {
      const headers = { Authorization: `Bearer ${apiKey}`, 'Idempotency-Key': id };
      const mail = { from: formatMailbox(from), to: [to], reply_to: replyTo && formatMailbox(replyTo) };
      return post({ url, headers, body: JSON.stringify({ ...mail, subject, text, html }), deadlineMs }, judge);
    },
  };
}

const judge: Judge = (status, body) => {
  // A mail is written anew for each try. When its code has expired, it is shorter than the one that Resend has taken.
  if (status === 409) return memberOf(body, 'name') === 'invalid_idempotent_request' ? 'sent' : 'retry';
  // A key without the form of one gets a 400. Other wrong keys get 401 and 403.
  if (status === 400 && memberOf(body, 'message') === 'API key is invalid') return 'retry';
  return undefined;
};
