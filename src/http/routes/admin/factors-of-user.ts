import { z } from '@hono/zod-openapi';
import { removeFactors } from '../../../domain/admin/remove-factors.ts';
import type { App } from '../../app-env.ts';
import { adminRoute } from '../../endpoint.ts';
import { json } from '../../response/json.ts';

const route = adminRoute(
  {
    method: 'delete',
    path: '/admin/users/{id}/factors',
    summary: 'Remove all second factors of a user who has lost them, and end all sessions',
    request: { params: z.object({ id: z.string() }) },
    responses: {
      200: json(
        z
          .object({
            status: z.literal('success'),
            message: z.string(),
            factors_removed: z.int(),
            sessions_revoked: z.int(),
          })
          .openapi('FactorsRemoved'),
        'The password alone logs the user in, unless the service wants a second factor.',
      ),
    },
  },
  { refuses: ['unknown_user', 'operator_required'] },
);

export function mountFactorsOfUser(app: App) {
  app.openapi(route, async (c) => {
    const { deps, admin } = c.var;
    const { factorsRemoved, sessionsRevoked } = await removeFactors(deps, admin, c.req.valid('param').id);
    const message = 'Second factors removed.';
    const body = {
      status: 'success' as const,
      message,
      factors_removed: factorsRemoved,
      sessions_revoked: sessionsRevoked,
    };
    return c.json(body, 200);
  });
}
