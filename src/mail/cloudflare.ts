import type { Mailbox, Outcome, Transport } from './mail.ts';

/** The mail itself is at fault. */
const REFUSALS = /^E_(VALIDATION_ERROR|FIELD_MISSING|TOO_MANY_\w+|CONTENT_TOO_LARGE|HEADERS?_\w+)$/;

/**
 * Sends through Cloudflare Email Service, by a `send_email` binding. Source:
 * developers.cloudflare.com/email-service/api/send-emails/workers-api.
 */
export function createCloudflareTransport(binding: SendEmail, { deadlineMs }: { deadlineMs: number }): Transport {
  return {
    async send({ to, from, replyTo, subject, text, html }) {
      const { promise: late, resolve } = Promise.withResolvers<Outcome>();
      const timer = setTimeout(() => resolve('retry'), deadlineMs);
      const reply = replyTo && { replyTo: senderOf(replyTo) };
      const sent = handOver(binding, { to, from: senderOf(from), ...reply, subject, text, html });
      const outcome = await Promise.race([sent, late]);
      clearTimeout(timer);
      return outcome;
    },
  };
}

async function handOver(binding: SendEmail, mail: EmailMessageBuilder): Promise<Outcome> {
  try {
    await binding.send(mail);
    return 'sent';
  } catch (error) {
    return outcomeOf(error);
  }
}

/**
 * All other codes are about time, or the account: `E_RECIPIENT_NOT_ALLOWED` too, because without a domain for sending,
 * every address that is not verified gets it. An error of the local binding has no code.
 */
function outcomeOf(error: unknown): Outcome {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'E_RECIPIENT_SUPPRESSED') return 'gone';
  return REFUSALS.test(code) ? 'refused' : 'retry';
}

const senderOf = ({ name, email }: Mailbox) => (name === undefined ? email : { name, email });
