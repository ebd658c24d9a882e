import { env } from 'cloudflare:workers';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createCloudflareTransport } from '../../src/mail/cloudflare.ts';
import { mail } from '../support/mail-provider.ts';

afterEach(() => vi.restoreAllMocks());

/** A binding that fails as `send` does. */
function startBinding(send: () => Promise<EmailSendResult>) {
  const sent: unknown[] = [];
  const binding: SendEmail = {
    async send(message: unknown) {
      sent.push(message);
      return send();
    },
  };
  return { sent, transport: createCloudflareTransport(binding, { deadlineMs: 60_000 }) };
}

/** An error of production. Its message may have anything. */
const errorOf = (code: unknown) => Object.assign(new Error(`${mail.to} is not allowed`), { code });

it('sends through a binding as wrangler makes it', async () => {
  const transport = createCloudflareTransport(env.MAIL, { deadlineMs: 60_000 });
  expect(await transport.send(mail)).toBe('sent');
  expect(await transport.send({ ...mail, from: { name: undefined, email: 'a@example.org' } })).toBe('sent');
});

it('gives the binding the fields that it composes a message from', async () => {
  const { sent, transport } = startBinding(async () => ({ messageId: '<1@example.org>' }));
  expect(await transport.send(mail)).toBe('sent');
  await transport.send({ ...mail, from: { name: undefined, email: 'a@example.org' }, replyTo: undefined });
  const { to, subject, text, html } = mail;
  expect(sent).toEqual([
    {
      to,
      from: { name: 'Example', email: 'accounts@example.org' },
      replyTo: 'help@example.org',
      subject,
      text,
      html,
    },
    { to, from: 'a@example.org', subject, text, html },
  ]);
});

describe('a failure', () => {
  it.each([
    ['E_RECIPIENT_SUPPRESSED', 'gone'],
    ['E_RATE_LIMIT_EXCEEDED', 'retry'],
    ['E_DAILY_LIMIT_EXCEEDED', 'retry'],
    ['E_INTERNAL_SERVER_ERROR', 'retry'],
    ['E_DELIVERY_FAILED', 'retry'],
    ['E_SENDER_NOT_VERIFIED', 'retry'],
    ['E_SENDER_DOMAIN_NOT_AVAILABLE', 'retry'],
    ['E_RECIPIENT_NOT_ALLOWED', 'retry'],
    ['E_SOMETHING_NEW', 'retry'],
    ['E_VALIDATION_ERROR', 'refused'],
    ['E_FIELD_MISSING', 'refused'],
    ['E_CONTENT_TOO_LARGE', 'refused'],
    ['E_TOO_MANY_RECIPIENTS', 'refused'],
    ['E_HEADER_VALUE_INVALID', 'refused'],
    ['E_HEADERS_TOO_LARGE', 'refused'],
    [undefined, 'retry'],
    [5, 'retry'],
  ])('with the code %s means %s', async (code, outcome) => {
    const { transport } = startBinding(async () => Promise.reject(errorOf(code)));
    expect(await transport.send(mail)).toBe(outcome);
  });

  it('without a code, as of the local binding, means a later try', async () => {
    const thrown: unknown[] = [new Error('email to joe@example.com not allowed'), 'E_VALIDATION_ERROR', undefined];
    for (const error of thrown) {
      const { transport } = startBinding(async () => Promise.reject(error));
      expect(await transport.send(mail)).toBe('retry');
      const thrower = startBinding(() => {
        throw error;
      });
      expect(await thrower.transport.send(mail)).toBe('retry');
    }
  });

  it('of a binding that takes too long means a later try', async () => {
    const binding: SendEmail = { send: async () => new Promise<never>(() => undefined) };
    expect(await createCloudflareTransport(binding, { deadlineMs: 20 }).send(mail)).toBe('retry');
  });

  it('is not logged', async () => {
    const methods = ['log', 'info', 'warn', 'error', 'debug'] as const;
    const spies = methods.map((method) => vi.spyOn(console, method).mockImplementation(() => undefined));
    for (const code of ['E_VALIDATION_ERROR', 'E_RECIPIENT_SUPPRESSED', undefined])
      await startBinding(async () => Promise.reject(errorOf(code))).transport.send(mail);
    for (const spy of spies) expect(spy).not.toHaveBeenCalled();
  });
});
