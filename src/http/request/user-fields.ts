import { z } from '@hono/zod-openapi';
import { faultOfClaims, faultOfRoles } from '../../domain/admin/rights.ts';
import { email } from './credentials.ts';

const flag = z.boolean({ error: 'Must be true or false.' });

const roles = z
  .array(z.string({ error: 'Must be a string.' }), { error: 'Must be a list of roles.' })
  .check(({ value, issues }) => {
    const fault = faultOfRoles(value);
    if (fault !== undefined) issues.push({ code: 'custom', message: fault, input: undefined });
  })
  .openapi({ example: ['editor'] });

/** Not a record of zod, which drops the name `__proto__` in silence. */
const claims = z
  .custom<Record<string, unknown>>(isObject, { error: 'Must be an object.', abort: true })
  .check(({ value, issues }) => {
    const fault = faultOfClaims(value);
    if (fault !== undefined) issues.push({ code: 'custom', message: fault, input: undefined });
  })
  .openapi({ type: 'object', additionalProperties: true, example: { tenant: 'acme' } });

const locale = z.enum(['en', 'de'], { error: 'Must be en or de.' }).nullable();

/** The fields of a user that an administrator may set, each optional. */
export const userFields = {
  email: email.optional(),
  email_verified: flag.optional(),
  admin: flag.optional(),
  roles: roles.optional(),
  claims: claims.optional(),
  locale: locale.optional(),
};

/** The field that only a user who exists has. */
export const disabled = flag.optional();

/** The request of a route that takes the fields of `shape` and no other. */
export function strictRequest<const S extends z.ZodRawShape>(shape: S) {
  return { body: { content: { 'application/json': { schema: strictObject(shape) } }, required: true } } as const;
}

/** An object with the fields of `shape` and no other: a mistyped name must not change nothing in silence. */
export function strictObject<const S extends z.ZodRawShape>(shape: S) {
  const known = Object.keys(shape).join(', ');
  return z.strictObject(shape, {
    error: ({ code }) =>
      code === 'unrecognized_keys' ? `Must have no other fields than ${known}.` : 'Must be an object.',
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
