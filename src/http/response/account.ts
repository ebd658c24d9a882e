import { z } from '@hono/zod-openapi';
import type { Caller } from '../../domain/session/authenticate.ts';

/** An account, as its owner gets it. */
export const account = z
  .object({
    user_id: z.string(),
    email: z.string(),
    email_verified: z.boolean(),
    admin: z.boolean(),
    roles: z.array(z.string()),
    claims: z.record(z.string(), z.unknown()),
    locale: z.string().nullable(),
    registered_on: z.iso.datetime(),
  })
  .openapi('User');

/** The account of a caller, as `account` declares it. */
export function shapeAccount({
  id,
  email,
  emailVerifiedAt,
  admin,
  roles,
  claims,
  locale,
  registeredAt,
}: Caller['user']) {
  return {
    user_id: id,
    email,
    email_verified: emailVerifiedAt !== null,
    admin,
    roles,
    claims,
    locale,
    registered_on: registeredAt.toISOString(),
  };
}
