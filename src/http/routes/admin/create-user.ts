import { z } from '@hono/zod-openapi';
import { createUser } from '../../../domain/admin/create-user.ts';
import type { App } from '../../app-env.ts';
import { adminRoute } from '../../endpoint.ts';
import { email, password } from '../../request/credentials.ts';
import { strictRequest, userFields } from '../../request/user-fields.ts';
import { json } from '../../response/json.ts';
import { adminUser, delivery, shapeAdminUser, shapeDelivery } from '../../response/user.ts';

const response = z
  .object({
    status: z.literal('success'),
    message: z.string(),
    data: adminUser,
    invitation: z.union([delivery, z.null()]),
  })
  .openapi('AdminUserCreated');

const route = adminRoute(
  {
    method: 'post',
    path: '/admin/users',
    summary: 'Make an account',
    request: strictRequest({ ...userFields, email, password: password.optional() }),
    responses: {
      201: json(response, 'The account exists. Without a password, its user chooses one by the invitation.'),
    },
  },
  { refuses: ['address_taken', 'mail_unavailable', 'breach_check_unavailable'] },
);

export function mountCreateUser(app: App) {
  app.openapi(route, async (c) => {
    const {
      email,
      password,
      email_verified = false,
      admin = false,
      roles = [],
      claims = {},
      locale,
    } = c.req.valid('json');
    const draft = { email, password, isVerified: email_verified, admin, roles, claims, locale: locale ?? undefined };
    const { user, invitation } = await createUser(c.var.deps, c.var.admin, draft);
    return c.json(
      {
        status: 'success' as const,
        message: 'User created.',
        data: shapeAdminUser(user),
        invitation: invitation === undefined ? null : shapeDelivery(invitation),
      },
      201,
    );
  });
}
