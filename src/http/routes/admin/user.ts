import { z } from '@hono/zod-openapi';
import { changeUser, tagOf } from '../../../domain/admin/change-user.ts';
import { deleteUser } from '../../../domain/admin/delete-user.ts';
import { showUser } from '../../../domain/admin/show-user.ts';
import type { App } from '../../app-env.ts';
import { adminRoute } from '../../endpoint.ts';
import { readTags } from '../../request/if-match.ts';
import { choice } from '../../request/page.ts';
import { disabled, strictRequest, userFields } from '../../request/user-fields.ts';
import { json } from '../../response/json.ts';
import { adminUser, adminUserDetails, shapeAdminUser, shapeDetails } from '../../response/user.ts';

const path = '/admin/users/{id}';
const params = z.object({ id: z.string() });
const status = z.literal('success');

/** An operator may take away the last administrator. */
const query = z.object({ last_admin: choice });

const show = adminRoute(
  {
    method: 'get',
    path,
    summary: 'A user, and what tells why a login may fail',
    request: { params },
    responses: {
      200: json(
        z.object({ status, data: adminUserDetails }).openapi('AdminUserResponse'),
        'The user. The ETag is for If-Match.',
      ),
    },
  },
  { refuses: ['unknown_user'] },
);

const change = adminRoute(
  {
    method: 'patch',
    path,
    summary: 'Change a user',
    request: { params, query, ...strictRequest({ ...userFields, disabled }) },
    responses: {
      200: json(
        z
          .object({ status, message: z.string(), changed: z.boolean(), data: adminUser, sessions_revoked: z.int() })
          .openapi('AdminUserChanged'),
        'The user as it is now, and how many sessions have ended.',
      ),
    },
  },
  {
    refuses: ['unknown_user', 'address_taken', 'own_account', 'last_admin', 'precondition_failed', 'change_conflict'],
  },
);

const deletion = adminRoute(
  {
    method: 'delete',
    path,
    summary: 'Delete a user',
    request: { params, query },
    responses: {
      200: json(
        z.object({ status, message: z.string(), sessions_revoked: z.int() }).openapi('AdminUserDeleted'),
        'The account is gone with all that belongs to it, and its sessions are over.',
      ),
    },
  },
  { refuses: ['unknown_user', 'own_account', 'last_admin', 'change_conflict'] },
);

export function mountUser(app: App) {
  app.openapi(show, async (c) => {
    const details = await showUser(c.var.deps, c.req.valid('param').id);
    c.header('ETag', `"${tagOf(details.user)}"`);
    return c.json({ status: 'success' as const, data: shapeDetails(details) }, 200);
  });

  app.openapi(change, async (c) => {
    const { deps, admin } = c.var;
    const terms = { tags: readTags(c), mayBeLast: c.req.valid('query').last_admin === 'true' };
    const { id } = c.req.valid('param');
    const { user, isChanged, sessionsRevoked } = await changeUser(deps, admin, id, c.req.valid('json'), terms);
    c.header('ETag', `"${tagOf(user)}"`);
    const message = isChanged ? 'User changed.' : 'Nothing to change.';
    const data = shapeAdminUser(user);
    return c.json(
      { status: 'success' as const, message, changed: isChanged, data, sessions_revoked: sessionsRevoked },
      200,
    );
  });

  app.openapi(deletion, async (c) => {
    const mayBeLast = c.req.valid('query').last_admin === 'true';
    const sessionsRevoked = await deleteUser(c.var.deps, c.var.admin, c.req.valid('param').id, mayBeLast);
    return c.json({ status: 'success' as const, message: 'User deleted.', sessions_revoked: sessionsRevoked }, 200);
  });
}
