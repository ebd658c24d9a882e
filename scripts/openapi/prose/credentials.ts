import { MAX_EMAIL_LENGTH } from '../../../src/domain/account/email.ts';
import { MAX_PASSWORD_LENGTH } from '../../../src/crypto/bounds.ts';

export const email = {
  description: `The address of the user. In its canonical form it has at most ${MAX_EMAIL_LENGTH} characters.`,
  format: 'idn-email',
  maxLength: MAX_EMAIL_LENGTH,
};

export const password = {
  description: `Unicode text without NUL, of at most ${MAX_PASSWORD_LENGTH} characters after NFKC. The operator sets the least length of a new password, and whether it may be a common one.`,
  format: 'password',
  minLength: 1,
  maxLength: MAX_PASSWORD_LENGTH,
};
