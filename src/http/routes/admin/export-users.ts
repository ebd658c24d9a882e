import { z } from '@hono/zod-openapi';
import { exportUsers } from '../../../domain/admin/export-users.ts';
import type { App } from '../../app-env.ts';
import { adminRoute } from '../../endpoint.ts';
import { after, limitTo, listQuery } from '../../request/page.ts';
import { exportedUser, shapeExported } from '../../response/import.ts';
import { json } from '../../response/json.ts';

const route = adminRoute(
  {
    method: 'get',
    path: '/admin/export',
    summary: 'The users with the hashes of their passwords, as an import takes them',
    request: { query: listQuery({ after, limit: limitTo(500) }) },
    responses: {
      200: json(
        z
          .object({ status: z.literal('success'), data: z.array(exportedUser), next: z.string().nullable() })
          .openapi('UsersExported'),
        'The users, in the order of their ids.',
      ),
    },
  },
  { refuses: ['operator_required'] },
);

export function mountExportUsers(app: App) {
  app.openapi(route, async (c) => {
    const { after, limit } = c.req.valid('query');
    const { users, next } = await exportUsers(c.var.deps, c.var.admin, { after, limit: Number(limit) });
    return c.json({ status: 'success' as const, data: users.map(shapeExported), next: next ?? null }, 200);
  });
}
