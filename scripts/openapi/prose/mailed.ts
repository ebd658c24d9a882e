import { registeredChallenge } from './factor-examples.ts';
import { credentials, mailedCode, mailedToken, success, tokens } from './examples.ts';
import type { Operations } from './operation-prose.ts';

const { email, password } = credentials;

/** The examples of a body with what a mail carries, and `rest`. */
const proofs = (rest: Record<string, string>) => ({
  token: { token: mailedToken, ...rest },
  code: { email, code: mailedCode, ...rest },
});

const ownProofs = { token: { token: mailedToken }, code: { code: mailedCode } };

const NEVER_TELLS =
  'A token or code that is wrong, used, too old, or of another state of the account gets 400 `invalid_challenge`, which does not tell which it is.';

/** What a mail carries: registrations, verifications, resets, and changes of the address. */
export const mailed: Operations = {
  'POST /auth/register/confirm': {
    operationId: 'confirmRegistration',
    tag: 'Account',
    who: 'anyone',
    description: `With \`REGISTRATION=confirm\`, makes the account that a mail was sent for, and begins its first session. The address is verified by it. With \`SECOND_FACTOR=required\` no session begins, as with \`POST /auth/register\`. ${NEVER_TELLS}`,
    request: {
      schema: 'RegistrationConfirmation',
      description: 'What the mail carries, and a password.',
      examples: proofs({ password }),
    },
    examples: { 201: { registered: tokens('Successfully registered.'), withoutSession: registeredChallenge } },
  },
  'POST /auth/email/verification': {
    operationId: 'requestVerification',
    tag: 'Account',
    who: 'user',
    description:
      'Sends the mail that registration sends, again. While its code lives, it is the same one. An address gets three mails an hour for one purpose, and ten a day in all; beyond that, the response is the same, and there is no mail.',
    examples: { 202: { mailed: success('Check your mail.') } },
  },
  'POST /auth/email/verify': {
    operationId: 'verifyEmail',
    tag: 'Account',
    who: 'a token of a mail, or user',
    description: `Verifies the address of the account. The token of the mail is enough. Its code goes with an access token. ${NEVER_TELLS}`,
    request: { schema: 'MailedProof', description: 'What the mail carries.', examples: ownProofs },
    examples: { 200: { verified: success('The e-mail address is verified.') } },
  },
  'POST /auth/password/reset': {
    operationId: 'requestPasswordReset',
    tag: 'Account',
    who: 'anyone',
    description:
      'Sends a mail to choose a new password, if the address has an account. The response is the same for every address, and so is the work. An address gets three mails an hour for one purpose, and ten a day in all; beyond that, the response is the same, and there is no mail.',
    request: { schema: 'PasswordResetRequest', description: 'The address.', examples: { address: { email } } },
    examples: { 202: { mailed: success('Check your mail.') } },
  },
  'POST /auth/password/reset/confirm': {
    operationId: 'resetPassword',
    tag: 'Account',
    who: 'anyone',
    description: `Sets a new password, verifies the address, and ends all sessions. It logs nobody in, and second factors stay. A password that is refused uses up nothing. ${NEVER_TELLS}`,
    request: {
      schema: 'PasswordReset',
      description: 'What the mail carries, and a new password.',
      examples: proofs({ new_password: password }),
    },
    examples: { 200: { changed: success('Password changed. Please log in.') } },
  },
  'POST /auth/email': {
    operationId: 'requestEmailChange',
    tag: 'Account',
    who: 'user',
    description:
      'Sends a mail to the new address. The account keeps its address until what the mail carries comes back. If the address has another account, its owner gets a mail that says so, and the response is the same. A wrong password counts as an attempt to log in. An account with a second factor has to have shown it in the last 10 minutes.',
    request: {
      schema: 'EmailChange',
      description: 'The new address, and the password of the account.',
      examples: { change: { new_email: 'joe@example.net', password } },
    },
    examples: { 202: { mailed: success('Check your mail.') } },
  },
  'POST /auth/email/confirm': {
    operationId: 'confirmEmail',
    tag: 'Account',
    who: 'a token of a mail, or user',
    description: `Gives the account the address that the mail was sent to. If the former address was verified, it gets a mail with a link that undoes the change for seven days. The token of the mail is enough. Its code goes with an access token. ${NEVER_TELLS}`,
    request: { schema: 'MailedProof', description: 'What the mail carries.', examples: ownProofs },
    examples: { 200: { changed: success('The e-mail address is changed.') } },
  },
  'POST /auth/email/undo': {
    operationId: 'undoEmailChange',
    tag: 'Account',
    who: 'anyone',
    description: `Gives the account its former address back, ends all sessions, makes the password useless, and sends a mail to choose a new one. ${NEVER_TELLS}`,
    request: {
      schema: 'EmailUndo',
      description: 'What the mail to the former address carries.',
      examples: { token: { token: mailedToken } },
    },
    examples: {
      200: { undone: success('The former e-mail address is back. Check your mail to choose a new password.') },
    },
  },
};
