import { email, password } from './credentials.ts';
import { mailedCode, mailedToken } from './fields.ts';
import type { SchemaProse } from './schemas.ts';

const token = { description: 'The token of the link in the mail.', ...mailedToken };
const code = { description: 'The code of the mail: eight digits. Spaces and hyphens do not count.', ...mailedCode };
const proof = {
  token,
  email: { ...email, description: 'The address that got the mail. It goes with the code.' },
  code,
};

/** The bodies of the routes that send a mail, or take what it carries. */
export const mailedRequests: Record<string, SchemaProse> = {
  RegistrationConfirmation: {
    description: 'The token of the mail, or its code with the address; and the password of the new account.',
    properties: { ...proof, password },
  },
  PasswordResetRequest: { description: 'Whose password is to be reset.', properties: { email } },
  PasswordReset: {
    description: 'The token of the mail, or its code with the address; and the new password.',
    properties: { ...proof, new_password: password },
  },
  MailedProof: {
    description: 'The token of the mail; or its code, which goes with an access token.',
    properties: { token, code },
  },
  EmailChange: {
    description: 'The address that the account is to have.',
    properties: {
      new_email: { ...email, description: 'The new address.' },
      password: { ...password, description: 'The password of the account.' },
    },
  },
  EmailUndo: { description: 'The token of the mail to the former address.', properties: { token } },
};
