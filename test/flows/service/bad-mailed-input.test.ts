import { describe, expect, it } from 'vitest';
import { sql } from '../../support/database.ts';
import { mailFor, NEWCOMER, OTHER_ADDRESS, withMail } from '../../support/mailed.ts';
import { bearer, countRows, joe, newPassword, startService, tokensOf } from '../../support/service.ts';
import { watchDatabase } from '../../support/storage.ts';

const { call, post, register } = startService({ env: withMail() });

const CODE = '31415926';
const TOKEN = `01a21687-ed01-75e3-a603-17a873145f4d.${'A'.repeat(43)}`;

const missing = 'Is missing.';
const noString = 'Must be a string.';
const noAddress = 'Must be an e-mail address of at most 254 characters.';
const noCode = 'Must have eight digits.';
const neither = 'Give the token of the link, or the code and the e-mail address.';
const alone = 'Is missing: it goes with the code.';
const empty = 'Must not be empty.';

type Case = [what: string, body: unknown, errors: Record<string, string>];

const bodies: Case[] = [
  ['null', 'null', { '': 'Must be an object.' }],
  ['an array', '[]', { '': 'Must be an object.' }],
  ['text', '"x"', { '': 'Must be an object.' }],
];

/** What a body with a token, or a code with an address, may have wrong. `own` are the other fields of the route. */
const proofs = (own: object): Case[] => [
  ['neither a token nor a code', own, { token: neither }],
  ['both', { ...own, token: TOKEN, email: joe.email, code: CODE }, { token: neither }],
  ['an address alone', { ...own, email: joe.email }, { token: neither }],
  ['a code without the address', { ...own, code: CODE }, { email: alone }],
  ['an array for the token', { ...own, token: [TOKEN] }, { token: noString }],
  ['null for the token', { ...own, token: null }, { token: noString }],
  ['a number for the code', { ...own, email: joe.email, code: 31415926 }, { code: noString }],
  ['seven digits', { ...own, email: joe.email, code: '3141592' }, { code: noCode }],
  ['nine digits', { ...own, email: joe.email, code: '314159265' }, { code: noCode }],
  ['digits of another script', { ...own, email: joe.email, code: '٣١٤١٥٩٢٦' }, { code: noCode }],
  ['full-width digits', { ...own, email: joe.email, code: '３１４１５９２６' }, { code: noCode }],
  ['no address', { ...own, email: 'joe', code: CODE }, { email: noAddress }],
];

const ownProofs: Case[] = [
  ['an empty object', {}, { token: 'Give a token or a code.' }],
  ['both', { token: TOKEN, code: CODE }, { token: 'Give a token or a code.' }],
  ['an array for the token', { token: [TOKEN] }, { token: noString }],
  ['a number for the code', { code: 31415926 }, { code: noString }],
  ['letters in the code', { code: '3141592x' }, { code: noCode }],
  ['digits of another script', { code: '٣١٤١٥٩٢٦' }, { code: noCode }],
];

/** By path, bodies that the route refuses, and what it says of their fields. */
const refused: Record<string, Case[]> = {
  '/auth/register/confirm': [
    ['an empty object', {}, { password: missing }],
    ['an empty password', { token: TOKEN, password: '' }, { password: empty }],
    ...proofs({ password: newPassword }),
  ],
  '/auth/email/verify': ownProofs,
  '/auth/password/reset': [
    ['an empty object', {}, { email: missing }],
    ['an array for the address', { email: [joe.email] }, { email: noString }],
    ['no address', { email: 'joe@gmail' }, { email: noAddress }],
  ],
  '/auth/password/reset/confirm': [
    ['an empty object', {}, { new_password: missing }],
    ['a password under another name', { token: TOKEN, password: newPassword }, { new_password: missing }],
    [
      'NUL in the password',
      { token: TOKEN, new_password: 'correct\0horse' },
      { new_password: 'Must be Unicode text without NUL.' },
    ],
    ...proofs({ new_password: newPassword }),
  ],
  '/auth/email': [
    ['an empty object', {}, { new_email: missing, password: missing }],
    ['an address under another name', { email: OTHER_ADDRESS, password: joe.password }, { new_email: missing }],
    ['no address', { new_email: 'joe', password: joe.password }, { new_email: noAddress }],
    [
      'the address of the account',
      { new_email: 'JOE@gmail.com', password: joe.password },
      { new_email: 'Is the address of the account already.' },
    ],
  ],
  '/auth/email/confirm': ownProofs,
  '/auth/email/undo': [
    ['an empty object', {}, { token: missing }],
    ['an array for the token', { token: [TOKEN] }, { token: noString }],
    ['a code', { code: CODE }, { token: missing }],
  ],
};

const paths = Object.keys(refused);
const nothingStored = async () =>
  expect(await sql('SELECT id FROM mail_requests UNION ALL SELECT id FROM outbox')).toEqual([]);

describe.each(paths)('POST %s', (path) => {
  it('says which fields are wrong, and stores nothing', async () => {
    const { access } = tokensOf(await startService().register());
    for (const [what, body, errors] of [...bodies, ...(refused[path] ?? [])]) {
      const response = await post(path, body, bearer(access));
      expect(response, what).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
      const expected = Object.entries(errors).map(([path, message]) => ({ path, message }));
      expect(response.body['errors'], what).toEqual(expected);
    }
    await nothingStored();
  });

  it('takes JSON and nothing else, by POST', async () => {
    const { access } = tokensOf(await startService().register());
    const form = await post(path, 'token=x', {
      ...bearer(access),
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(form).toMatchObject({ status: 415, body: { code: 'unsupported_media_type' } });
    const broken = await post(path, '{"token":', bearer(access));
    expect(broken).toMatchObject({ status: 400, body: { code: 'malformed_json' } });
    const bodiless = await call(path, { method: 'POST', headers: bearer(access) });
    expect(bodiless).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      const response = await call(path, { method });
      expect(response, method).toMatchObject({ status: 405, body: { code: 'method_not_allowed' } });
      expect(response.headers.get('allow')).toBe('POST');
    }
  });

  it('ignores fields that it does not know', async () => {
    const { access } = tokensOf(await startService().register());
    const { token } = await mailFor(path, access);
    const own = path.startsWith('/auth/email')
      ? { password: joe.password }
      : { email: joe.email, password: newPassword };
    const asked = { new_email: OTHER_ADDRESS, new_password: newPassword, ...own };
    const body = { ...asked, ...(token !== '' && { token }), admin: true, id: 1, locale: ['x'], scope: 'all' };
    expect((await post(path, body, bearer(access))).status).toBeLessThan(300);
    expect(await sql('SELECT 1 FROM users WHERE admin OR locale IS NOT NULL')).toEqual([]);
  });
});

describe('of several refusals', () => {
  it('a bad body comes before a registration that is closed, and before a missing mail', async () => {
    const closed = startService({ env: { REGISTRATION: 'closed' } });
    for (const [path, body] of [
      ['/auth/register', { email: NEWCOMER }],
      ['/auth/register/confirm', { token: TOKEN, password: newPassword }],
    ] as const) {
      expect(await closed.post(path, body)).toMatchObject({ status: 403, body: { code: 'registration_closed' } });
      expect(await closed.post(path, {})).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    }
    const mailless = startService();
    expect(await mailless.post('/auth/password/reset', { email: joe.email })).toMatchObject({
      status: 503,
      body: { code: 'mail_unavailable' },
    });
    expect(await mailless.post('/auth/password/reset', {})).toMatchObject({ status: 400 });
  });

  it('a missing access token comes before a bad body and a missing mail, where only users may call', async () => {
    const mailless = startService();
    for (const path of ['/auth/email', '/auth/email/verification']) {
      expect(await mailless.post(path, '{')).toMatchObject({ status: 401, body: { code: 'missing_token' } });
    }
  });

  it('a bad body comes before a missing access token, where a token of a mail is enough', async () => {
    for (const path of ['/auth/email/verify', '/auth/email/confirm']) {
      expect(await post(path, { code: '1' })).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
      expect(await post(path, { code: CODE })).toMatchObject({ status: 401, body: { code: 'missing_token' } });
      expect(await post(path, { token: TOKEN }, { authorization: 'Bearer x' })).toMatchObject({
        status: 400,
        body: { code: 'invalid_challenge' },
      });
    }
  });

  it('a password that cannot be set comes before a wrong code, which then is not counted', async () => {
    const { access } = tokensOf(await register());
    const { code } = await mailFor('/auth/password/reset/confirm', access);
    const confirm = async (fields: object) => post('/auth/password/reset/confirm', { email: joe.email, ...fields });
    for (const new_password of ['short', 'password1', joe.email]) {
      const response = await confirm({ code, new_password });
      expect(response).toMatchObject({ status: 400, body: { errors: [{ path: 'new_password' }] } });
    }
    expect(await sql("SELECT attempts FROM challenges WHERE purpose = 'reset_password'")).toEqual([{ attempts: 0 }]);
    expect(await confirm({ code, new_password: newPassword })).toMatchObject({ status: 200 });
  });
});

it('a token of 16 KiB is refused as any other, before the database is asked', async () => {
  const asked: unknown[] = [];
  const watched = startService({
    env: { ...withMail(), ...watchDatabase((statements) => void asked.push(statements)) },
  });
  const token = TOKEN.repeat(200);
  for (const path of [
    '/auth/register/confirm',
    '/auth/email/verify',
    '/auth/password/reset/confirm',
    '/auth/email/undo',
  ]) {
    const response = await watched.post(path, { token, password: newPassword, new_password: newPassword });
    expect(response, path).toMatchObject({ status: 400, body: { code: 'invalid_challenge' } });
  }
  expect(asked).toEqual([]);
  expect(await countRows()).toEqual({ users: 0, sessions: 0 });
});
