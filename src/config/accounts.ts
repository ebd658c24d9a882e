import { z } from 'zod';
import { isSecure, oneOf, text, wholeNumber } from './fields.ts';

const DAY = 86_400;

/** Where the account pages are. Links in mails append the name of a page to it. */
const pagesUrl = text.refine((value) => value === '' || isPagesUrl(value), {
  error: 'must be an https URL without query, fragment or final slash (http on localhost only)',
});

/** How accounts are made, where their pages are, and how long what a mail carries is valid, in seconds. */
export const accounts = z
  .object({
    REGISTRATION: oneOf('open', 'confirm', 'closed').default('open'),
    ACCOUNT_URL: pagesUrl.default(''),
    VERIFICATION_TTL_SECONDS: wholeNumber(60, 30 * DAY).default(DAY),
    PASSWORD_RESET_TTL_SECONDS: wholeNumber(60, DAY).default(3600),
    // NIST SP 800-63B-4, section 4.2.1.2: 24 hours at most.
    MAIL_CODE_TTL_SECONDS: wholeNumber(60, DAY).default(600),
    EMAIL_UNDO_TTL_SECONDS: wholeNumber(3600, 30 * DAY).default(7 * DAY),
  })
  .transform((env) => ({
    registration: env.REGISTRATION,
    accountUrl: env.ACCOUNT_URL,
    verificationTtlSeconds: env.VERIFICATION_TTL_SECONDS,
    passwordResetTtlSeconds: env.PASSWORD_RESET_TTL_SECONDS,
    mailCodeTtlSeconds: env.MAIL_CODE_TTL_SECONDS,
    emailUndoTtlSeconds: env.EMAIL_UNDO_TTL_SECONDS,
  }));

function isPagesUrl(value: string): boolean {
  return /^https?:\/\/[^?#@\s\\]+[^/?#@\s\\]$/.test(value) && URL.canParse(value) && isSecure(new URL(value));
}
