import { exampleOf } from '../refusals.ts';
import { event } from './event.ts';
import { credentials, listedKey, newPassword, session, success, tokens, user } from './examples.ts';
import { challenge, enrolmentChallenge, factors, registeredChallenge } from './factor-examples.ts';
import type { OperationProse, Operations } from './operation-prose.ts';

const status = (operationId: string, description: string): OperationProse => ({
  operationId,
  tag: 'Account',
  who: 'user',
  description,
  examples: { 200: { user: { status: 'success', data: user } } },
});

/** Register, log in, and who am I. */
export const account: Operations = {
  'POST /auth/register': {
    operationId: 'register',
    tag: 'Account',
    who: 'anyone',
    description:
      'Makes an account and begins its first session. An address that has an account gets 202 `email_taken`, whatever the password. If the service sends mail, one to verify the address goes out. However an address is typed, it is one account: it is trimmed, normalized (Unicode NFKC) and lower-cased.\n\nWith `REGISTRATION=confirm`, the address alone is enough, and every address gets the same 202: a mail is on its way, to make the account with, or to say that there is one. With `REGISTRATION=closed`, the response is 403 `registration_closed`.\n\nWith `SECOND_FACTOR=required` no session begins: the response has a challenge token, by which the user sets up a second factor.',
    request: {
      schema: 'Registration',
      description: 'The address and the password.',
      examples: { credentials, address: { email: credentials.email } },
    },
    examples: {
      201: { registered: tokens('Successfully registered.'), withoutSession: registeredChallenge },
      202: { mailed: success('Check your mail.') },
    },
  },
  'POST /auth/login': {
    operationId: 'logIn',
    tag: 'Account',
    who: 'anyone',
    description:
      'Begins a session. An unknown address, a wrong password, a disabled account, and an account that has to wait after wrong passwords all get 404 `invalid_credentials`, so that nobody learns which it is.\n\nIf the password is right and the account has a second factor, no session begins. The response is 403 `second_factor_required` with a challenge token, which `POST /auth/login/factor` takes with a second factor. Where `SECOND_FACTOR` wants one and the account has none, it is 403 `second_factor_enrolment_required`, and the routes under `/auth/factors` take the challenge token to set one up.',
    request: { schema: 'Credentials', description: 'The address and the password.', examples: { credentials } },
    examples: {
      200: { loggedIn: tokens('Successfully logged in.') },
      403: {
        second_factor_required: { ...exampleOf('second_factor_required'), ...challenge },
        second_factor_enrolment_required: {
          ...exampleOf('second_factor_enrolment_required'),
          ...enrolmentChallenge,
        },
      },
    },
  },
  'GET /auth/status': status(
    'getStatus',
    'The account of the access token, as the database has it now. A revoked session is refused at once.',
  ),
  'GET /auth/user': status('getUser', 'The same as `GET /auth/status`, under another name.'),
  'DELETE /auth/user': {
    operationId: 'deleteUser',
    tag: 'Account',
    who: 'user',
    description:
      'Deletes the account and all that belongs to it, and ends its sessions everywhere. A wrong password counts as an attempt to log in. An account with a second factor has to have shown it in the last 10 minutes. After a 503 the account is still there, but its sessions may be over: log in and repeat the request.',
    request: {
      description: 'The password of the account.',
      examples: { password: { password: credentials.password } },
    },
    examples: { 200: { deleted: success('Account deleted.') } },
  },
  'GET /auth/user/export': {
    operationId: 'exportUser',
    tag: 'Account',
    who: 'user',
    description:
      'Returns what is stored about the user: the account, its live sessions and its API keys, 100 of each at most, its second factors, and the newest 1,000 events about it. Browsers save it as `account.json`.',
    headers: { 200: ['Content-Disposition'] },
    examples: {
      200: {
        export: {
          status: 'success',
          data: { account: user, sessions: [session], keys: [listedKey], factors, events: [event] },
        },
      },
    },
  },
  'POST /auth/password': {
    operationId: 'changePassword',
    tag: 'Account',
    who: 'user',
    description:
      'Changes the password. All sessions end, and the response has the tokens of a new one. A wrong current password counts as an attempt to log in, and while the account has to wait, the right one is refused too. An account with a second factor has to have shown it in the last 10 minutes. Second factors stay. After a 503 the password may have been changed: log in with the new one.',
    request: {
      description: 'The current password and the new one.',
      examples: { passwords: { current_password: credentials.password, new_password: newPassword } },
    },
    examples: { 200: { changed: tokens('Password changed.') } },
  },
  'GET /health': {
    operationId: 'getHealth',
    tag: 'Health',
    who: 'anyone',
    description: 'Responds even when the configuration is wrong or storage is out of reach. Nothing limits it.',
    examples: { 200: { up: success('Up.') } },
  },
  'GET /ready': {
    operationId: 'getReadiness',
    tag: 'Health',
    who: 'anyone',
    description:
      'Checks the configuration, the signing keys, the database and the denylist. It reads and does not write. The log says what is wrong.',
    examples: { 200: { ready: success('Ready.') } },
  },
};
