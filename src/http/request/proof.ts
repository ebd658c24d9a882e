import { z } from '@hono/zod-openapi';
import type { Proof } from '../../domain/account/challenge.ts';
import { Refusal } from '../../errors.ts';
import { email } from './credentials.ts';
import { jsonRequest, text } from './json-body.ts';

/** The token of a link in a mail. Its use case verifies it. */
export const token = text.openapi({
  example: '01a21687-ed01-75e3-a603-17a873145f4d.cE2fPzZ0Qkq0c2Yw7o3a5uGm1Xn8Rv6LhTj4WbDsKyI',
});

/** The code of a mail: eight digits, however somebody groups them. */
export const code = text
  .transform((typed, context) => {
    const digits = typed.replaceAll(/[\s-]/g, '');
    if (/^\d{8}$/.test(digits)) return digits;
    context.addIssue({ code: 'custom', message: 'Must have eight digits.' });
    return z.NEVER;
  })
  .openapi({ type: 'string', example: '31415926' });

const proof = { token: token.optional(), email: email.optional(), code: code.optional() };

/** The request of a route that takes what a mail carries, and the fields of `shape`. */
export function proofRequest<const S extends z.ZodRawShape>(shape: S) {
  return jsonRequest({ ...proof, ...shape });
}

/**
 * Either the token, or the code with the address. Refuses a token with a code, neither, and a code without an address,
 * with `invalid_request`.
 */
export function proofOf({
  token,
  email,
  code,
}: {
  token?: string | undefined;
  email?: string | undefined;
  code?: string | undefined;
}): Proof {
  if (token !== undefined && code === undefined) return { token };
  if (token === undefined && code !== undefined && email !== undefined) return { email, code };
  const path = token === undefined && code !== undefined ? 'email' : 'token';
  const message =
    path === 'email'
      ? 'Is missing: it goes with the code.'
      : 'Give the token of the link, or the code and the e-mail address.';
  throw new Refusal('invalid_request', { errors: [{ path, message }] });
}
