import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Transport } from '../../src/mail/mail.ts';
import { createPostmarkTransport } from '../../src/mail/postmark.ts';
import { createResendTransport } from '../../src/mail/resend.ts';
import { createWebhookTransport } from '../../src/mail/webhook.ts';
import { mail, startProvider } from '../support/mail-provider.ts';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const now = () => new Date('2026-11-26T12:00:00.999Z');

/** The deadline of a provider that responds is long, since a busy machine takes its time. */
type Options = { url: string; deadlineMs: number };
const transports: Record<string, (options: Options) => Transport> = {
  resend: (options) => createResendTransport({ ...options, apiKey: 're_hunter2' }),
  postmark: (options) => createPostmarkTransport({ ...options, apiKey: 'pm_hunter2' }),
  webhook: (options) => createWebhookTransport({ ...options, secret: SECRET, now }),
};

const sendTo = async (name: string, how: number | string, body?: string, deadlineMs = 60_000) => {
  const provider = startProvider(how, body);
  const outcome = await transports[name]?.({ url: provider.url, deadlineMs }).send(mail);
  return { outcome, received: await provider.received() };
};

afterEach(() => vi.restoreAllMocks());

describe('the request', () => {
  const common = { 'content-type': 'application/json', 'user-agent': 'latchkey' };

  it('to Resend has the id of the mail as its idempotency key', async () => {
    const { received } = await sendTo('resend', 200);
    expect(received).toEqual([
      {
        method: 'POST',
        headers: { ...common, authorization: 'Bearer re_hunter2', 'idempotency-key': mail.id },
        body: JSON.stringify({
          from: '"Example" <accounts@example.org>',
          to: ['joe@example.com'],
          reply_to: 'help@example.org',
          subject: mail.subject,
          text: mail.text,
          html: mail.html,
        }),
      },
    ]);
  });

  it('to Postmark turns tracking off', async () => {
    const { received } = await sendTo('postmark', 200);
    expect(received).toEqual([
      {
        method: 'POST',
        headers: { ...common, accept: 'application/json', 'x-postmark-server-token': 'pm_hunter2' },
        body: JSON.stringify({
          From: '"Example" <accounts@example.org>',
          To: 'joe@example.com',
          ReplyTo: 'help@example.org',
          Subject: mail.subject,
          TextBody: mail.text,
          HtmlBody: mail.html,
          TrackOpens: false,
          TrackLinks: 'None',
          MessageStream: 'outbound',
        }),
      },
    ]);
  });

  it('to a webhook is signed', async () => {
    const { received } = await sendTo('webhook', 200);
    expect(received).toEqual([
      {
        method: 'POST',
        headers: {
          ...common,
          'webhook-id': mail.id,
          'webhook-timestamp': '1795694400',
          // Computed with Node's own HMAC.
          'webhook-signature': 'v1,ZtaJONAFbOyAfMD56VYmGbGv3P/KkeyHJ9xrEiv2iEY=',
        },
        body: JSON.stringify({
          id: mail.id,
          to: 'joe@example.com',
          from: '"Example" <accounts@example.org>',
          reply_to: 'help@example.org',
          subject: mail.subject,
          text: mail.text,
          html: mail.html,
        }),
      },
    ]);
  });

  it('has no address for replies when none is configured', async () => {
    const provider = startProvider(200);
    const unanswered = { ...mail, from: { name: undefined, email: 'a@example.org' }, replyTo: undefined };
    for (const create of Object.values(transports))
      expect(await create({ url: provider.url, deadlineMs: 60_000 }).send(unanswered)).toBe('sent');
    const bodies = (await provider.received()).map(({ body }): unknown => JSON.parse(body));
    expect(bodies).toMatchObject([{ from: 'a@example.org' }, { From: 'a@example.org' }, { reply_to: null }]);
    expect(bodies[0]).not.toHaveProperty('reply_to');
    expect(bodies[1]).not.toHaveProperty('ReplyTo');
  });
});

describe.each(Object.keys(transports))('%s', (name) => {
  it.each([
    [200, '{"id":"49a3999c-0ce1-4ea6-ab68-afcd6dc2e794"}', 'sent'],
    [202, '<!doctype html>', 'sent'],
    [204, '', 'sent'],
    [400, '{"statusCode":400,"name":"validation_error","message":"Invalid field."}', 'refused'],
    [400, '<!doctype html>', 'refused'],
    [413, '', 'refused'],
    [415, '', 'refused'],
    [422, 'null', 'refused'],
    [422, '[]', 'refused'],
    [422, '<!doctype html>', 'refused'],
    [401, '{"ErrorCode":10,"Message":"Bad or missing API token."}', 'retry'],
    [402, '', 'retry'],
    [403, '{"statusCode":403,"name":"validation_error","message":"The domain is not verified."}', 'retry'],
    [404, '', 'retry'],
    [405, '', 'retry'],
    [408, '', 'retry'],
    [425, '', 'retry'],
    [429, '{"statusCode":429,"name":"rate_limit_exceeded"}', 'retry'],
    [500, '{"ErrorCode":406}', 'retry'],
    [502, '<!doctype html>', 'retry'],
    [503, '', 'retry'],
  ])('takes %d %s as %s', async (status, body, outcome) => {
    expect((await sendTo(name, status, body)).outcome).toBe(outcome);
  });

  it.each([301, 302, 303, 307, 308])('does not follow a redirect (%d)', async (status) => {
    const { outcome, received } = await sendTo(name, status);
    expect({ outcome, requests: received.length }).toEqual({ outcome: 'retry', requests: 1 });
  });

  it('tries again later when nobody responds, or the connection drops', async () => {
    expect((await sendTo(name, 'silence', '', 50)).outcome).toBe('retry');
    expect((await sendTo(name, 'drop')).outcome).toBe('retry');
  });

  it.each(['half-200', 'stalled-200', 'endless-200'])('has sent a mail once it reads a 200 (%s)', async (how) => {
    expect((await sendTo(name, how)).outcome).toBe('sent');
  });

  it('tries again later when a refusal breaks off, and reads no refusal without end', async () => {
    expect((await sendTo(name, 'half-422')).outcome).toBe('retry');
    expect((await sendTo(name, 'stalled-422', '', 500)).outcome).toBe('retry');
    expect((await sendTo(name, 'endless-422', '', 20_000)).outcome).toBe('refused');
  });

  it('logs nothing', async () => {
    const methods = ['log', 'info', 'warn', 'error', 'debug'] as const;
    const spies = methods.map((method) => vi.spyOn(console, method).mockImplementation(() => undefined));
    for (const how of [200, 401, 422, 500, 'drop', 'half-422']) await sendTo(name, how, JSON.stringify(mail));
    for (const spy of spies) expect(spy).not.toHaveBeenCalled();
  });
});

describe('resend', () => {
  it('has sent a mail whose key it has seen with another body, since mails are written anew', async () => {
    const body = '{"statusCode":409,"name":"invalid_idempotent_request"}';
    expect((await sendTo('resend', 409, body)).outcome).toBe('sent');
  });

  it.each(['{"statusCode":409,"name":"concurrent_idempotent_requests"}', '<!doctype html>'])(
    'tries again while an earlier try is under way (409 %s)',
    async (body) => {
      expect((await sendTo('resend', 409, body)).outcome).toBe('retry');
    },
  );

  it('tries again when the key is malformed, which is no fault of the mail', async () => {
    const body = '{"statusCode":400,"name":"validation_error","message":"API key is invalid"}';
    expect((await sendTo('resend', 400, body)).outcome).toBe('retry');
  });
});

describe('postmark', () => {
  it.each([
    [406, 'gone'],
    [300, 'refused'],
    [402, 'refused'],
    [100, 'retry'],
    [400, 'retry'],
    [401, 'retry'],
    [405, 'retry'],
    [412, 'retry'],
    [413, 'retry'],
  ])('takes the error code %d as %s', async (ErrorCode, outcome) => {
    expect((await sendTo('postmark', 422, JSON.stringify({ ErrorCode, Message: 'joe@example.com' }))).outcome).toBe(
      outcome,
    );
  });

  it('knows an error code only in a 422', async () => {
    expect((await sendTo('postmark', 400, '{"ErrorCode":406}')).outcome).toBe('refused');
    expect((await sendTo('postmark', 422, '{"ErrorCode":"406"}')).outcome).toBe('refused');
  });
});

describe('a webhook', () => {
  it('says 410 of an address that nobody can deliver to', async () => {
    expect((await sendTo('webhook', 410)).outcome).toBe('gone');
    expect((await sendTo('resend', 410)).outcome).toBe('refused');
    expect((await sendTo('postmark', 410)).outcome).toBe('refused');
  });
});
