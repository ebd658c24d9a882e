import { fieldOf, textOf } from './json-field.ts';

/**
 * The mails that `wrangler dev` has caught, which it lists for the Worker's own origin. No other server has this path.
 */
const PATH = '/cdn-cgi/local/explorer/api/local/email/sending';

/** A mail in the list. */
export type CaughtMail = { id: string; to: string; subject: string; sentAt: string };

/** The latest mails, newest first; `undefined` where nobody lists them. */
export async function listMails(): Promise<CaughtMail[] | undefined> {
  const result = await ask({ per_page: '10' });
  return Array.isArray(result) ? result.map(parseMail) : undefined;
}

/** The text of the mail `id`; `undefined` when it is gone. */
export async function readMail(id: string): Promise<string | undefined> {
  return textOf(await ask({ email_id: id }), 'text');
}

async function ask(query: Record<string, string>): Promise<unknown> {
  try {
    const response = await fetch(`${PATH}?${new URLSearchParams(query).toString()}`);
    return fieldOf(await response.json(), 'result');
  } catch {
    return undefined;
  }
}

function parseMail(entry: unknown): CaughtMail {
  const to: unknown = fieldOf(entry, 'to');
  const [id = '', subject = '', sentAt = ''] = ['messageId', 'subject', 'sentAt'].map((name) => textOf(entry, name));
  return { id, to: Array.isArray(to) ? to.join(', ') : '', subject, sentAt };
}
