import { expect, it } from 'vitest';
import { findConfigProblems, parseConfig } from '../../src/config/config.ts';
import { least } from '../support/least-config.ts';

const problemsOf = (env: object) => findConfigProblems({ ...least, ...env });

it.each(['open', 'confirm', 'closed'])('lets registration be %s, with mail or without', (REGISTRATION) => {
  expect(parseConfig({ ...least, REGISTRATION }).registration).toBe(REGISTRATION);
  const mail = { MAIL_TRANSPORT: 'postmark', MAIL_API_KEY: 'key', MAIL_FROM: 'a@example.org' };
  expect(parseConfig({ ...least, ...mail, REGISTRATION }).registration).toBe(REGISTRATION);
});

it.each(['', 'Open', 'off', 'true', ' closed', true])('does not open registration to %j', (REGISTRATION) => {
  const problem = 'must be open or confirm or closed';
  expect(problemsOf({ REGISTRATION })).toEqual([{ field: 'REGISTRATION', problem }]);
});

it.each([
  'https://app.example.org/account',
  'https://app.example.org',
  'https://app.example.org:8443/a/b',
  'http://localhost:5173/account',
  'http://127.0.0.1:5173',
])('lets the account pages be at %s', (ACCOUNT_URL) => {
  expect(parseConfig({ ...least, ACCOUNT_URL }).accountUrl).toBe(ACCOUNT_URL);
});

it.each([
  'http://app.example.org/account',
  'http://localhost.example.org/account',
  'https://app.example.org/account/',
  'https://app.example.org/?page=account',
  'https://app.example.org/#account',
  'https://joe:hunter2@app.example.org',
  'https://app.example.org\\account',
  'https://app.example.org/an account',
  'javascript:alert(1)',
  '/account',
  'app.example.org/account',
  5,
])('does not send people to %j', (ACCOUNT_URL) => {
  expect(problemsOf({ ACCOUNT_URL })).toMatchObject([{ field: 'ACCOUNT_URL' }]);
});

it('says what is wrong with the URL of the account pages, without showing it', () => {
  const problem = 'must be an https URL without query, fragment or final slash (http on localhost only)';
  expect(problemsOf({ ACCOUNT_URL: 'http://hunter2.example.org' })).toEqual([{ field: 'ACCOUNT_URL', problem }]);
});

it.each([
  ['VERIFICATION_TTL_SECONDS', 'verificationTtlSeconds', 60, 30 * 86_400],
  ['PASSWORD_RESET_TTL_SECONDS', 'passwordResetTtlSeconds', 60, 86_400],
  ['MAIL_CODE_TTL_SECONDS', 'mailCodeTtlSeconds', 60, 86_400],
  ['EMAIL_UNDO_TTL_SECONDS', 'emailUndoTtlSeconds', 3600, 30 * 86_400],
] as const)('bounds %s', (name, field, min, max) => {
  for (const seconds of [min, max]) {
    expect(parseConfig({ ...least, [name]: String(seconds) })[field]).toBe(seconds);
  }
  const problem = `must be a whole number from ${min} to ${max}`;
  for (const value of [String(min - 1), String(max + 1), '', '1e3', '-3600', '3600.5', 'an hour']) {
    expect(problemsOf({ [name]: value }), value).toEqual([{ field: name, problem }]);
  }
});
