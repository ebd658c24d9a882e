import { signWebhook } from '../crypto/webhook-signature.ts';
import { formatMailbox, type Transport } from './mail.ts';
import { post } from './post.ts';

export type WebhookOptions = { url: string; secret: string; deadlineMs: number; now?: () => Date };

/**
 * Posts mails to a server of the operator, signed by Standard Webhooks. Its 410 means that nobody can deliver to the
 * address.
 */
export function createWebhookTransport({ url, secret, deadlineMs, now = () => new Date() }: WebhookOptions): Transport {
  return {
    async send({ id, to, from, replyTo, subject, text, html }) {
      const addresses = { to, from: formatMailbox(from), reply_to: replyTo ? formatMailbox(replyTo) : null };
      const body = JSON.stringify({ id, ...addresses, subject, text, html });
      const headers = await signWebhook(secret, { id, seconds: Math.floor(now().getTime() / 1000), body });
      return post({ url, headers, body, deadlineMs }, (status) => (status === 410 ? 'gone' : undefined));
    },
  };
}
