import { createExecutionContext, createScheduledController, waitOnExecutionContext } from 'cloudflare:test';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import worker from '../../../src/index.ts';
import { NEW_EMAIL, NEW_PASSWORD, otherCode, startAccounts } from '../../support/accounts.ts';
import { sql } from '../../support/database.ts';
import { codeOf, tokenOf } from '../../support/mailbox.ts';
import { bindProduction } from '../../support/production.ts';
import { bearer, joe, startService, tokensOf } from '../../support/service.ts';
import { fail, watchDatabase } from '../../support/storage.ts';
import { asOneRequest } from '../../support/subrequests.ts';

let written: string[];
beforeEach(() => {
  written = [];
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const)
    vi.spyOn(console, method).mockImplementation(
      (...parts: unknown[]) => void written.push(parts.map(String).join(' ')),
    );
});
afterEach(() => vi.restoreAllMocks());

const lines = () => written.map((line): unknown => JSON.parse(line));

it('the log of all flows has no address, token, code or password', async () => {
  const secrets = [
    joe.email,
    joe.password,
    NEW_EMAIL,
    NEW_PASSWORD,
    'jane@gmail.com',
    'not the password',
    'joe',
    'jane',
  ];
  const confirming = startAccounts({ env: { REGISTRATION: 'confirm' } });
  await confirming.askRegistration('jane@gmail.com');
  await confirming.confirmRegistration({ token: tokenOf(confirming.letter('register')) });
  await confirming.askRegistration('jane@gmail.com');

  const service = startAccounts({
    env: { MAIL_NOTICES: 'password_changed, session_revoked, key_created, account_deleted, new_network' },
  });
  const { registerVerified, askVerification, verifyEmail, askReset, confirmReset, changeEmail, undo, letter } = service;
  const tokens = await registerVerified();
  await askVerification(tokens.access);
  const code = codeOf(letter('verify_email'));
  await verifyEmail({ code: otherCode(code) }, tokens.access);
  await verifyEmail({ code }, tokens.access);
  await service.askChange(tokens.access, 'jane@gmail.com');
  await service.askChange(tokens.access, NEW_EMAIL, 'not the password');
  await changeEmail(tokens.access);
  await undo(tokenOf(letter('email_changed')));
  await undo(tokenOf(letter('email_changed')));
  await confirmReset({ email: joe.email, code: otherCode(codeOf(letter('reset_password'))) });
  await confirmReset({ token: tokenOf(letter('reset_password')) });
  service.meet('gone', 'refused', 'retry');
  await askReset();
  await askReset();
  await askReset();
  const { access } = tokensOf(await service.logIn({ ...joe, password: NEW_PASSWORD }));
  expect((await service.post('/auth/keys', { name: 'not the password' }, bearer(access))).status).toBe(201);
  const broken = startAccounts({ env: watchDatabase(fail) });
  await broken.askReset();
  await broken.confirmReset({ token: tokenOf(letter('reset_password')) });
  const buggy = startAccounts({
    deps: {
      mailer: {
        send: async ({ to }) => {
          throw new TypeError(`no ${to}`);
        },
      },
      afterResponse: (work) => void work().catch(() => undefined),
    },
  });
  await buggy.askReset('jane@gmail.com');

  for (const { proof } of [...service.letters, ...confirming.letters]) {
    if (proof !== undefined) secrets.push(proof.token, proof.token.slice(37));
    if (proof?.code !== undefined) secrets.push(proof.code.digits);
  }
  secrets.push(tokens.access, tokens.refresh);
  expect(written.length).toBeGreaterThan(30);
  for (const secret of secrets) expect(written.filter((line) => line.includes(secret))).toEqual([]);
});

it('the end of a mail is a line with its id, outcome and tries, and nothing else', async () => {
  const service = startAccounts();
  service.meet('sent', 'gone', 'refused', 'retry');
  await service.register();
  await service.askReset();
  await service.askReset();
  await service.askReset();
  const [sent, gone, refused] = service.letters.map(({ id }) => id);
  written = written.filter((line) => line.includes('"job":"mail"'));
  expect(lines()).toEqual([
    { level: 'info', job: 'mail', mail_id: sent, outcome: 'sent', tries: 1 },
    { level: 'warn', job: 'mail', mail_id: gone, outcome: 'gone', tries: 1 },
    { level: 'warn', job: 'mail', mail_id: refused, outcome: 'refused', tries: 1 },
  ]);
});

it('the cron of mails sends through the transport of the deployment, and says how many it has tried', async () => {
  await startService({ env: { MAIL_TRANSPORT: 'log' }, deps: { afterResponse: () => undefined } }).register();
  const [row] = await sql('SELECT id FROM outbox');
  const sent: unknown[] = [];
  const MAIL = { send: async (mail: unknown) => ({ messageId: String(sent.push(mail)) }) };
  const env = { MAIL_TRANSPORT: 'cloudflare', MAIL_FROM: 'accounts@example.org', MAIL };
  const run = async (cron: string) => {
    written = [];
    const context = createExecutionContext();
    await asOneRequest(() => worker.scheduled(createScheduledController({ cron }), bindProduction(env), context));
    await waitOnExecutionContext(context);
    return lines();
  };
  expect(await run('* * * * *')).toEqual([
    { level: 'info', job: 'mail', mail_id: row?.['id'], outcome: 'sent', tries: 1 },
    { level: 'info', job: 'mail', tried: 1 },
  ]);
  expect(sent).toMatchObject([{ to: joe.email }]);
  expect(await run('* * * * *'), 'silent without mails').toEqual([]);
  expect(await run('*/10 * * * *'), 'the other cron').toMatchObject([{ job: 'clean_up' }]);
});

it('a mail that is reported has no token in its row either', async () => {
  const { register } = startAccounts({ deps: { afterResponse: () => undefined } });
  tokensOf(await register());
  expect(Object.keys((await sql('SELECT * FROM outbox'))[0] ?? {}).toSorted()).toEqual([
    'challenge_id',
    'code_expires_at',
    'email',
    'expires_at',
    'id',
    'locale',
    'message',
    'retry_at',
    'tries',
  ]);
});
