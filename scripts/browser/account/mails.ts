import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a mail carries: its link, and its code if it has one. */
export type Mail = { link: string; code: string | undefined };

const MAX_WAIT_MS = 30_000;

/** The newest mail to the address `to` with a link to the account page `page`, as the service has printed it. Waits for it. */
export async function findMail(output: () => string, to: string, page: string): Promise<Mail> {
  const start = `\nMail to ${to}: `;
  for (const begin = Date.now(); Date.now() - begin < MAX_WAIT_MS; await sleep(100)) {
    const mails = output()
      .replaceAll('\r', '')
      .split(start)
      .slice(1)
      // The line of the log behind it shows that all of the mail is there.
      .flatMap((text) => (text.includes('"job":"mail"') ? [text.split('"job":"mail"', 1).join('')] : []))
      .filter((text) => text.includes(`/account/${page}?`));
    const newest = mails.at(-1);
    if (newest === undefined) continue;
    return { link: /^http\S+#token=\S+$/m.exec(newest)?.[0] ?? '', code: /^\d{8}$/m.exec(newest)?.[0] };
  }
  return assert.fail(`no mail with a link to ${page} came`);
}
