import { z } from '@hono/zod-openapi';
import { parseEmail } from '../../domain/account/email.ts';
import { passwordFault } from '../../domain/account/password.ts';

const text = z.string({ error: ({ input }) => (input === undefined ? 'Is missing.' : 'Must be a string.') });

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

const body = z.object({ email, password }, { error: 'Must be an object.' });

/** The body that register and login take: the address in its canonical form, a password that could be somebody's. */
export const credentials = {
  body: { content: { 'application/json': { schema: body } }, required: true },
} as const;
