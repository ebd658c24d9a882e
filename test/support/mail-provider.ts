import { inject } from 'vitest';
import type { Mail } from '../../src/mail/mail.ts';
import type { Received } from './mail-stand-in.ts';

/** A mail with a secret in each part that could be logged. */
export const mail: Mail = {
  id: '01900000-0000-7000-8000-00000000a1b2',
  to: 'joe@example.com',
  from: { name: 'Example', email: 'accounts@example.org' },
  replyTo: { name: undefined, email: 'help@example.org' },
  subject: 'A new password – für Jürgen',
  text: 'https://auth.example.org/account/reset?lang=en#token=TOKEN\n\n01234567\n',
  html: '<p>TOKEN 01234567</p>',
};

let providers = 0;

/** A provider of mail that responds with a status and `body`, or makes the trouble `how`. */
export function startProvider(how: number | string, body = '') {
  providers += 1;
  const base = `${inject('mailStandIn')}/${crypto.randomUUID()}-${providers}`;
  return {
    url: `${base}/${how}?body=${encodeURIComponent(body)}`,
    /** The requests that it got. */
    async received(): Promise<Received[]> {
      return (await fetch(`${base}/received`)).json();
    },
  };
}
