import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../command.ts';
import type { Started } from '../harness/process.ts';

/** A mail as it was sent. */
export type SentMail = { to: string; subject: string; text: string };

/** What a mail carries; empty for what it does not. */
export type Proof = { token: string; code: string };

/** The mails of one service. */
export type Mailbox = { next: (to: string, subject: string) => Promise<Proof> };

/** Longer than the lease of a mail whose first try failed, as on a busy machine. */
const MAX_WAIT_MS = 120_000;

/** The cron that sends mails, as wrangler triggers it. None runs by itself in development. */
const CRON = `/cdn-cgi/local/scheduled?cron=${encodeURIComponent('* * * * *')}`;

/**
 * The mails of the service at `url`, in the list that `read` returns, which grows. `next` waits for a mail that nobody
 * has read yet. Meanwhile it triggers the cron.
 */
export function openMailbox(url: string, read: () => SentMail[]): Mailbox {
  const seen = new Set<number>();
  const take = (to: string, subject: string): SentMail | undefined => {
    const mails = read();
    const index = mails.findIndex((mail, i) => !seen.has(i) && mail.to === to && mail.subject === subject);
    seen.add(index);
    return mails[index];
  };
  return {
    async next(to, subject) {
      const start = Date.now();
      for (let round = 1; Date.now() - start < MAX_WAIT_MS; round += 1) {
        const mail = take(to, subject);
        if (mail !== undefined) return proofIn(mail.text);
        if (round % 20 === 0) await fetch(url + CRON);
        await sleep(100);
      }
      throw new Failure(`No mail "${subject}" to ${to}.`);
    },
  };
}

/** The mails that a service with `MAIL_TRANSPORT=log` has printed. */
export function readConsole({ output }: Started): () => SentMail[] {
  return () =>
    Array.from(
      output().matchAll(/^Mail to (.+): (.+)\n\n([^]*?)(?=^\{"level":)/gm),
      ([, to = '', subject = '', text = '']) => ({
        to,
        subject,
        text,
      }),
    );
}

function proofIn(text: string): Proof {
  const [, token = ''] = /^\S+#token=(\S{80})$/m.exec(text) ?? [];
  const [code = ''] = /^\d{8}$/m.exec(text) ?? [];
  return { token, code };
}
