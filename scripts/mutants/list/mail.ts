import { mutantsOf } from '../mutant.ts';

const TRANSPORTS = 'test/mail/transports.test.ts';
const MESSAGES = 'test/mail/messages.test.ts';

export const mail = [
  ...mutantsOf(
    'src/mail/post.ts',
    [TRANSPORTS],
    [
      {
        breaks: 'a redirect takes mails to somebody else',
        find: "redirect: 'manual'",
        replace: "redirect: 'follow'",
      },
      {
        breaks: 'a mail that a provider has is sent again when the connection drops',
        find: 'await response.body?.cancel().catch(() => undefined);',
        replace: 'await response.text();',
      },
      {
        breaks: 'a mail is lost while the key of a provider is wrong',
        find: '401, 402, 403, 404, 405, ',
        replace: '',
      },
      {
        breaks: 'a mail is lost while its provider is down',
        find: 'status < 400 || status >= 500 || ',
        replace: '',
      },
      {
        breaks: 'the body of a refusal is read without end',
        find: 'if (text.length > MAX_LENGTH) break;',
        replace: 'if (text.length > MAX_LENGTH) text = text.slice(1);',
      },
    ],
  ),
  ...mutantsOf(
    'src/mail/resend.ts',
    [TRANSPORTS],
    [
      {
        breaks: 'each try through Resend is a mail of its own',
        find: "'Idempotency-Key': id",
        replace: "'Idempotency-Key': crypto.randomUUID()",
      },
    ],
  ),
  ...mutantsOf(
    'src/mail/postmark.ts',
    [TRANSPORTS],
    [
      {
        breaks: 'links that reset passwords pass through the servers of Postmark',
        find: "TrackLinks: 'None'",
        replace: "TrackLinks: 'HtmlAndText'",
      },
      {
        breaks: 'an address that bounced gets more mails',
        find: "if (code === INACTIVE_RECIPIENT) return 'gone';",
        replace: '',
      },
    ],
  ),
  ...mutantsOf(
    'src/mail/cloudflare.ts',
    ['test/mail/cloudflare.test.ts'],
    [
      {
        breaks: 'a binding that never responds holds a mail for ever',
        find: "() => resolve('retry'), deadlineMs",
        replace: '() => undefined, deadlineMs',
      },
    ],
  ),
  ...mutantsOf(
    'src/crypto/webhook-signature.ts',
    ['test/crypto/webhook-signature.test.ts'],
    [
      {
        breaks: 'a webhook can be replayed with another time',
        find: '`${id}.${seconds}.${body}`',
        replace: '`${id}.${body}`',
      },
    ],
  ),
  ...mutantsOf(
    'src/mail/message.ts',
    [MESSAGES],
    [
      {
        breaks: 'the name of an application is HTML in mails',
        find: '`<p>${escapeHtml(block)}</p>`',
        replace: '`<p>${block}</p>`',
      },
      {
        breaks: 'a subject can begin another header',
        find: "title.replaceAll(/[\\p{Cc}\\p{Zl}\\p{Zp}]+/gu, ' ')",
        replace: 'title',
      },
      {
        breaks: 'a mail has a code that has expired',
        find: 'if (code === undefined) return blocks;',
        replace: '',
      },
    ],
  ),
  ...mutantsOf(
    'src/mail/link.ts',
    [MESSAGES],
    [
      {
        breaks: 'the token of a link goes to servers, into logs and referrers',
        find: '#token=',
        replace: '&token=',
      },
    ],
  ),
  ...mutantsOf(
    'src/config/mail.ts',
    ['test/config/mail.test.ts'],
    [
      {
        breaks: 'a public service prints links that reset passwords',
        find: "kind === 'log' && !isOnLocalhost(env.ISSUER)",
        replace: "kind === 'log' && env.ISSUER === undefined",
      },
      {
        breaks: 'mails go over http',
        find: "return isSecure(url) && url.username === ''",
        replace: "return url.username === ''",
      },
    ],
  ),
  ...mutantsOf(
    'src/config/mailbox.ts',
    ['test/config/mail.test.ts'],
    [
      {
        breaks: 'the name of a sender may have control characters',
        find: '[^"<>\\\\\\p{Cc}\\p{Zl}\\p{Zp}]{1,64}',
        replace: '[^"<>\\\\]{1,64}',
      },
    ],
  ),
];
