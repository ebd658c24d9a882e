import { z } from '@hono/zod-openapi';
import { MAX_EMAIL_LENGTH, parseEmail } from '../../domain/account/email.ts';
import { passwordFault } from '../../domain/account/password.ts';
import { jsonRequest, text } from './json-body.ts';

/** An e-mail address. Turns it into its canonical form. */
export const email = text
  .transform((typed, context) => {
    const parsed = parseEmail(typed);
    if (parsed !== undefined) return parsed;
    context.addIssue({
      code: 'custom',
      message: `Must be an e-mail address of at most ${MAX_EMAIL_LENGTH} characters.`,
    });
    return z.NEVER;
  })
  .openapi({ type: 'string', format: 'email', example: 'joe@example.com' });

/** A password, old or new, that is not too long or malformed. The use case checks a new one further. */
export const password = text
  .min(1, { error: 'Must not be empty.' })
  .check((context) => {
    const fault = passwordFault(context.value);
    if (fault !== undefined) context.issues.push({ code: 'custom', message: fault, input: undefined });
  })
  .openapi({ format: 'password', example: 'correct horse battery staple' });

/** The request of register and login: a canonical address, and a password that is not too long or malformed. */
export const credentials = jsonRequest({ email, password });
