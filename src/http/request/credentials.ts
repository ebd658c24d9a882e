import { z } from '@hono/zod-openapi';
import { parseEmail } from '../../domain/account/email.ts';
import { passwordFault } from '../../domain/account/password.ts';
import { jsonBody, text } from './json-body.ts';

const email = text
  .transform((typed, context) => {
    const parsed = parseEmail(typed);
    if (parsed !== undefined) return parsed;
    context.addIssue({ code: 'custom', message: 'Must be an e-mail address of at most 254 characters.' });
    return z.NEVER;
  })
  .openapi({ type: 'string', format: 'email', example: 'joe@example.com' });

const password = text
  .min(1, { error: 'Must not be empty.' })
  .check((context) => {
    const fault = passwordFault(context.value);
    if (fault !== undefined) context.issues.push({ code: 'custom', message: fault, input: undefined });
  })
  .openapi({ format: 'password', example: 'correct horse battery staple' });

/** The body that register and login take: the address in its canonical form, and a password that an account can have. */
export const credentials = jsonBody({ email, password });
