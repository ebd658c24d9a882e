import { z } from '@hono/zod-openapi';
import { countHashes } from '../../../domain/admin/count-hashes.ts';
import { exportUsers } from '../../../domain/admin/export-users.ts';
import type { App } from '../../app-env.ts';
import { adminRoute } from '../../endpoint.ts';
import { after, limitTo, listQuery } from '../../request/page.ts';
import { exportedUser, shapeExported } from '../../response/import.ts';
import { json } from '../../response/json.ts';

const status = z.literal('success');

const route = adminRoute(
  {
    method: 'get',
    path: '/admin/export',
    summary: 'The users with the hashes of their passwords, as an import takes them',
    request: { query: listQuery({ after, limit: limitTo(500) }) },
    responses: {
      200: json(
        z.object({ status, data: z.array(exportedUser), next: z.string().nullable() }).openapi('UsersExported'),
        'The users, in the order of their ids.',
      ),
    },
  },
  { refuses: ['operator_required'] },
);

const stats = adminRoute({
  method: 'get',
  path: '/admin/stats',
  summary: 'How many users still have a hash of another system',
  responses: {
    200: json(
      z
        .object({
          status,
          data: z
            .object({
              legacy_hashes: z.array(z.object({ scheme: z.string(), users: z.int() }).openapi('SchemeCount')),
              legacy_hashes_until: z.string().nullable(),
            })
            .openapi('StatsData'),
        })
        .openapi('Stats'),
      'The users by scheme, the largest number first, and the last day on which these hashes are accepted.',
    ),
  },
});

export function mountExportUsers(app: App) {
  app.openapi(route, async (c) => {
    const { after, limit } = c.req.valid('query');
    const { users, next } = await exportUsers(c.var.deps, c.var.admin, { after, limit: Number(limit) });
    return c.json({ status: 'success' as const, data: users.map(shapeExported), next: next ?? null }, 200);
  });

  app.openapi(stats, async (c) => {
    const { legacyHashes, until } = await countHashes(c.var.deps);
    return c.json(
      { status: 'success' as const, data: { legacy_hashes: legacyHashes, legacy_hashes_until: until ?? null } },
      200,
    );
  });
}
