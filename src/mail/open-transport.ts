import { createCloudflareTransport } from './cloudflare.ts';
import { createLogTransport } from './log.ts';
import type { Transport } from './mail.ts';
import { createPostmarkTransport } from './postmark.ts';
import { createResendTransport } from './resend.ts';
import { createWebhookTransport } from './webhook.ts';

/** Which transport, and what it needs. */
export type TransportConfig =
  | { kind: 'log' | 'cloudflare' }
  | { kind: 'resend'; apiKey: string }
  | { kind: 'postmark'; apiKey: string }
  | { kind: 'webhook'; url: string; secret: string };

/**
 * The transport that the configuration names. A provider has `deadlineMs` to respond. `cloudflare` needs the binding
 * `MAIL`. `log` sends to it too, if there is one: wrangler's local explorer lists what it gets.
 */
export function openTransport(
  config: TransportConfig,
  { MAIL }: { MAIL?: SendEmail | undefined },
  deadlineMs = 10_000,
): Transport {
  if (config.kind === 'resend') return createResendTransport({ apiKey: config.apiKey, deadlineMs });
  if (config.kind === 'postmark') return createPostmarkTransport({ apiKey: config.apiKey, deadlineMs });
  if (config.kind === 'webhook') {
    return createWebhookTransport({ url: config.url, secret: config.secret, deadlineMs });
  }
  const binding = MAIL && createCloudflareTransport(MAIL, { deadlineMs });
  if (config.kind === 'log') return createLogTransport(binding);
  if (binding === undefined) throw new TypeError('the configuration lets no service without MAIL run');
  return binding;
}
