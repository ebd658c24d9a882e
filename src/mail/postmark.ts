import { formatMailbox, type Transport } from './mail.ts';
import { memberOf, post, type Judge } from './post.ts';

export type PostmarkOptions = { apiKey: string; deadlineMs: number; url?: string };

/** The address bounced before, or its owner complained. */
const INACTIVE_RECIPIENT = 406;

/**
 * Maintenance (100), a sender that is not confirmed (400, 401), no credit left (405), an account that is not approved
 * (412, 413): a provider or an operator will mend these.
 */
const NOT_ABOUT_THE_MAIL = new Set<unknown>([100, 400, 401, 405, 412, 413]);

/** Sends through Postmark. Source: postmarkapp.com/developer/api/email-api and /overview#error-codes. */
export function createPostmarkTransport({
  apiKey,
  deadlineMs,
  url = 'https://api.postmarkapp.com/email',
}: PostmarkOptions): Transport {
  return {
    async send({ to, from, replyTo, subject, text, html }) {
      const headers = { Accept: 'application/json', 'X-Postmark-Server-Token': apiKey };
      const mail = { From: formatMailbox(from), To: to, ReplyTo: replyTo && formatMailbox(replyTo), Subject: subject };
      const body = JSON.stringify({
        ...mail,
        TextBody: text,
        HtmlBody: html,
        // A proof must not pass through the server of a third party.
        TrackOpens: false,
        TrackLinks: 'None',
        MessageStream: 'outbound',
      });
      return post({ url, headers, body, deadlineMs }, judge);
    },
  };
}

const judge: Judge = (status, body) => {
  if (status !== 422) return undefined;
  const code = memberOf(body, 'ErrorCode');
  if (code === INACTIVE_RECIPIENT) return 'gone';
  return NOT_ABOUT_THE_MAIL.has(code) ? 'retry' : 'refused';
};
