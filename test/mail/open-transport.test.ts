import { env } from 'cloudflare:workers';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openTransport } from '../../src/mail/open-transport.ts';
import { mail } from '../support/mail-provider.ts';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

afterEach(() => vi.restoreAllMocks());

it.each([
  [{ kind: 'resend', apiKey: 'a' }, 'https://api.resend.com/emails'],
  [{ kind: 'postmark', apiKey: 'a' }, 'https://api.postmarkapp.com/email'],
  [{ kind: 'webhook', url: 'https://mail.example.org/?a=b', secret: SECRET }, 'https://mail.example.org/?a=b'],
] as const)('opens %j at %s', async (config, url) => {
  const asked: unknown[] = [];
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input) => {
    asked.push(input);
    return new Response(null, { status: 204 });
  });
  expect(await openTransport(config, {}).send(mail)).toBe('sent');
  expect(asked).toEqual([url]);
});

it('opens the binding of Cloudflare, which the configuration requires', async () => {
  expect(await openTransport({ kind: 'cloudflare' }, env).send(mail)).toBe('sent');
  expect(() => openTransport({ kind: 'cloudflare' }, {})).toThrow(TypeError);
});

describe('in development', () => {
  const printed = () => {
    const lines: unknown[] = [];
    vi.spyOn(console, 'log').mockImplementation((line: unknown) => void lines.push(line));
    return lines;
  };

  it('a mail is printed with address, subject, link and code', async () => {
    const lines = printed();
    expect(await openTransport({ kind: 'log' }, {}).send(mail)).toBe('sent');
    expect(lines).toEqual([
      `
Mail to joe@example.com: A new password – für Jürgen

https://auth.example.org/account/reset?lang=en#token=TOKEN

01234567
`,
    ]);
  });

  it("a mail goes to wrangler's local explorer too, whatever becomes of it there", async () => {
    printed();
    const sent: unknown[] = [];
    const MAIL: SendEmail = {
      async send(message: unknown) {
        sent.push(message);
        throw new Error('injected');
      },
    };
    expect(await openTransport({ kind: 'log' }, { MAIL }).send(mail)).toBe('sent');
    expect(sent).toMatchObject([{ to: mail.to, subject: mail.subject, text: mail.text, html: mail.html }]);
    expect(await openTransport({ kind: 'log' }, env).send(mail)).toBe('sent');
  });
});
