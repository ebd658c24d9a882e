import type { Letter } from './letter.ts';
import type { Outcome, Transport } from './mail.ts';

export type Mailer = ReturnType<typeof createMailer>;

/** Who the mails are from, and where their links lead. */
export type Sender = { from: string; replyTo: string | undefined; appName: string; accountUrl: string };

/** Writes letters and hands them to `transport`. */
export function createMailer(transport: Transport, { from, replyTo, appName }: Sender) {
  return {
    /** Sends `letter`. Throws for none of the four outcomes. */
    async send({ id, to, name, proof }: Letter): Promise<Outcome> {
      const text = [name, proof?.token, proof?.code?.digits].join('\n');
      return transport.send({ id, to, from, replyTo, subject: `${appName} ${name}`, text, html: text });
    },
  };
}
