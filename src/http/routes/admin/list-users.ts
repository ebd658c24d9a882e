import { z } from '@hono/zod-openapi';
import { MAX_EMAIL_LENGTH } from '../../../domain/account/email.ts';
import { parseEmailStart } from '../../../domain/account/email-start.ts';
import { listUsers } from '../../../domain/admin/list-users.ts';
import type { App } from '../../app-env.ts';
import { adminRoute } from '../../endpoint.ts';
import { email as address } from '../../request/credentials.ts';
import { after, choice, limit, listQuery } from '../../request/page.ts';
import { json } from '../../response/json.ts';
import { adminUser, shapeAdminUser } from '../../response/user.ts';

/** The beginning of an address, or of a domain with the @ before it. Turns it into its canonical form. */
const email = z
  .string()
  .transform((typed, context) => {
    const start = parseEmailStart(typed);
    if (start !== undefined) return start;
    context.addIssue({ code: 'custom', message: `Must be 1 to ${MAX_EMAIL_LENGTH} characters of an address.` });
    return z.NEVER;
  })
  .openapi({ type: 'string', example: 'joe' });

const query = listQuery({
  address: address.optional(),
  email: email.optional(),
  role: z.string().max(64, { error: 'Must have at most 64 characters.' }).optional(),
  admin: choice,
  disabled: choice,
  unverified: choice,
  after,
  limit,
});

const route = adminRoute({
  method: 'get',
  path: '/admin/users',
  summary: 'Find users',
  request: { query },
  responses: {
    200: json(
      z
        .object({ status: z.literal('success'), data: z.array(adminUser), next: z.string().nullable() })
        .openapi('AdminUsersResponse'),
      'The users, newest first, or by address when a part of it is given.',
    ),
  },
});

export function mountListUsers(app: App) {
  app.openapi(route, async (c) => {
    const { after, limit, admin, disabled, unverified, ...texts } = c.req.valid('query');
    const flags = { admin: flagOf(admin), disabled: flagOf(disabled), unverified: flagOf(unverified) };
    const page = { after, limit: Number(limit) };
    const { items, next } = await listUsers(c.var.deps, { ...texts, ...flags }, page);
    return c.json({ status: 'success' as const, data: items.map(shapeAdminUser), next: next ?? null }, 200);
  });
}

const flagOf = (choice: 'true' | 'false' | undefined) => (choice === undefined ? undefined : choice === 'true');
