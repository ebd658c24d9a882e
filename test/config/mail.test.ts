import { describe, expect, it } from 'vitest';
import { findConfigProblems, parseConfig } from '../../src/config/config.ts';
import { parseMailbox } from '../../src/config/mailbox.ts';
import { least } from '../support/least-config.ts';

const MAIL_FROM = 'Example <accounts@example.org>';
const from = { name: 'Example', email: 'accounts@example.org' };
const MAIL_WEBHOOK_URL = 'https://mail.example.org/latchkey?from=a';
const MAIL_WEBHOOK_SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

const mailOf = (env: object) => parseConfig({ ...least, ...env }).mail;
const problemsOf = (env: object) => findConfigProblems({ ...least, ...env });

describe('the transport', () => {
  it('is none by default, and needs nothing then', () => {
    expect(mailOf({})).toBeUndefined();
    expect(
      mailOf({ MAIL_TRANSPORT: 'none', MAIL_FROM: '', MAIL_API_KEY: '', MAIL_WEBHOOK_SECRET: '' }),
    ).toBeUndefined();
  });

  it('has what it needs, and nothing of the others', () => {
    const all = { MAIL_FROM, MAIL_REPLY_TO: 'help@example.org', MAIL_API_KEY: 'key', MAIL_WEBHOOK_URL };
    const env = { ...all, MAIL_WEBHOOK_SECRET, MAIL: {} };
    const parsed = (MAIL_TRANSPORT: string) => mailOf({ ...env, MAIL_TRANSPORT });
    const rest = { from, replyTo: { name: undefined, email: 'help@example.org' } };
    expect(parsed('cloudflare')).toEqual({ transport: { kind: 'cloudflare' }, ...rest });
    expect(parsed('resend')).toEqual({ transport: { kind: 'resend', apiKey: 'key' }, ...rest });
    expect(parsed('postmark')).toEqual({ transport: { kind: 'postmark', apiKey: 'key' }, ...rest });
    const webhook = { kind: 'webhook', url: MAIL_WEBHOOK_URL, secret: MAIL_WEBHOOK_SECRET };
    expect(parsed('webhook')).toEqual({ transport: webhook, ...rest });
  });

  it.each([
    ['cloudflare', ['MAIL', 'MAIL_FROM']],
    ['resend', ['MAIL_API_KEY', 'MAIL_FROM']],
    ['postmark', ['MAIL_API_KEY', 'MAIL_FROM']],
    ['webhook', ['MAIL_WEBHOOK_URL', 'MAIL_WEBHOOK_SECRET', 'MAIL_FROM']],
  ])('%s is refused without %j', (MAIL_TRANSPORT, fields) => {
    expect(problemsOf({ MAIL_TRANSPORT }).map(({ field }) => field)).toEqual(fields);
    const empty = { MAIL_FROM: '', MAIL_API_KEY: '', MAIL_WEBHOOK_URL: '', MAIL_WEBHOOK_SECRET: '' };
    expect(problemsOf({ MAIL_TRANSPORT, ...empty }).map(({ field }) => field)).toEqual(fields);
  });

  it('says which transport needs what is missing', () => {
    expect(problemsOf({ MAIL_TRANSPORT: 'resend', MAIL_FROM })).toEqual([
      { field: 'MAIL_API_KEY', problem: 'is missing: MAIL_TRANSPORT=resend needs it' },
    ]);
    expect(problemsOf({ MAIL_TRANSPORT: 'cloudflare', MAIL_FROM })).toEqual([
      { field: 'MAIL', problem: 'is not bound: see wrangler.toml' },
    ]);
  });

  it.each(['smtp', 'None', '', 5])('cannot be %j', (MAIL_TRANSPORT) => {
    expect(problemsOf({ MAIL_TRANSPORT })).toMatchObject([{ field: 'MAIL_TRANSPORT' }]);
  });

  it.each(['http://localhost:8787', 'https://localhost', 'http://127.0.0.1:1', 'http://[::1]:8787'])(
    'may be log at %s, without a sender',
    (ISSUER) => {
      const nobody = { name: undefined, email: 'no-reply@localhost' };
      expect(mailOf({ ISSUER, MAIL_TRANSPORT: 'log' })).toEqual({
        transport: { kind: 'log' },
        from: nobody,
        replyTo: undefined,
      });
      expect(mailOf({ ISSUER, MAIL_TRANSPORT: 'log', MAIL_FROM })).toMatchObject({ from });
    },
  );

  it.each(['https://auth.example.org', 'https://localhost.example.org', 'https://127.0.0.1.example.org'])(
    'must not be log at %s, because it prints links that reset passwords',
    (ISSUER) => {
      expect(problemsOf({ ISSUER, MAIL_TRANSPORT: 'log' })).toEqual([
        { field: 'MAIL_TRANSPORT', problem: 'must not be log: ISSUER is not on localhost' },
      ]);
    },
  );
});

describe('a sender', () => {
  it.each([
    ['accounts@example.org', undefined, 'accounts@example.org'],
    ['<accounts@example.org>', undefined, 'accounts@example.org'],
    ['Example <a.b+c@mail.example.org>', 'Example', 'a.b+c@mail.example.org'],
    ['"Example, Inc." <a@example.org>', 'Example, Inc.', 'a@example.org'],
    ['Bäckerei Groß 🥨 <a@example.org>', 'Bäckerei Groß 🥨', 'a@example.org'],
    ['no-reply@localhost', undefined, 'no-reply@localhost'],
  ])('can be %s', (input, name, email) => {
    expect(parseMailbox(input)).toEqual({ name, email });
    expect(mailOf({ ISSUER: 'http://localhost', MAIL_TRANSPORT: 'log', MAIL_FROM: input })).toMatchObject({
      from: { name, email },
    });
  });

  it.each([
    'Example',
    'Example <>',
    'Example accounts@example.org',
    'a@b@example.org',
    'a..b@example.org',
    '.a@example.org',
    'a@example..org',
    'a@-example.org',
    'a@example.org ',
    'a@example.org, b@example.org',
    'A <a@example.org>, B <b@example.org>',
    'A "B" C <a@example.org>',
    'A\\ <a@example.org>',
    'A <a@example.org>\r\nBcc: all@example.org',
    'A\r\nBcc: all@example.org <a@example.org>',
    'A\u0007B <a@example.org>',
    'A\tB <a@example.org>',
    'A\u2028B <a@example.org>',
    'a\n@example.org',
    `${'n'.repeat(65)} <a@example.org>`,
    `${'a'.repeat(250)}@b.org`,
  ])('cannot be %j', (input) => {
    expect(parseMailbox(input)).toBeUndefined();
    for (const field of ['MAIL_FROM', 'MAIL_REPLY_TO']) {
      const problem = 'must be an address such as accounts@example.org or Example <accounts@example.org>';
      expect(problemsOf({ [field]: input })).toEqual([{ field, problem }]);
    }
  });
});

it.each(['', ' ', 'A ', 'A\nB', 'A\u0000', 'A\u2028B', 'n'.repeat(65), 5])(
  'refuses the application name %j',
  (APP_NAME) => {
    expect(problemsOf({ APP_NAME })).toMatchObject([{ field: 'APP_NAME' }]);
  },
);

it('takes any other application name', () => {
  for (const APP_NAME of ['A', '<b>Ä & "B"</b> 🥨', 'n'.repeat(64)])
    expect(parseConfig({ ...least, APP_NAME }).appName).toBe(APP_NAME);
});

it.each(['two words', 'a\r\nb', 'ä', 'k'.repeat(257), 5])('refuses the API key %j', (MAIL_API_KEY) => {
  expect(problemsOf({ MAIL_API_KEY })).toMatchObject([{ field: 'MAIL_API_KEY' }]);
});

it.each([
  'http://mail.example.org',
  'https://joe:secret@example.org',
  'https://example.org/#a',
  'ftp://localhost',
  'mail',
  5,
])('refuses the webhook URL %j', (MAIL_WEBHOOK_URL) => {
  expect(problemsOf({ MAIL_WEBHOOK_URL })).toMatchObject([{ field: 'MAIL_WEBHOOK_URL' }]);
});

it('takes a webhook over http on localhost', () => {
  for (const url of ['http://localhost:3000/mail', 'http://127.0.0.1:3000', 'http://[::1]/'])
    expect(problemsOf({ MAIL_WEBHOOK_URL: url })).toEqual([]);
});

it.each([
  'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  'whsec_',
  'whsec_not base64',
  `whsec_${btoa('x'.repeat(23))}`,
  `whsec_${btoa('x'.repeat(65))}`,
])('refuses the webhook secret %j', (secret) => {
  const problem = 'must be whsec_ and 24 to 64 bytes in base64';
  expect(problemsOf({ MAIL_WEBHOOK_SECRET: secret })).toEqual([{ field: 'MAIL_WEBHOOK_SECRET', problem }]);
});

it('takes a list of notices, or none', () => {
  expect(parseConfig({ ...least, MAIL_NOTICES: '' }).notices).toEqual([]);
  expect(parseConfig({ ...least, MAIL_NOTICES: 'new_network,account_deleted' }).notices).toEqual([
    'new_network',
    'account_deleted',
  ]);
  expect(problemsOf({ MAIL_NOTICES: 'hunter2' })).toMatchObject([{ field: 'MAIL_NOTICES' }]);
});
