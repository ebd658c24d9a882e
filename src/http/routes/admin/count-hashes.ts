import { z } from '@hono/zod-openapi';
import { countHashes } from '../../../domain/admin/count-hashes.ts';
import type { App } from '../../app-env.ts';
import { adminRoute } from '../../endpoint.ts';
import { json } from '../../response/json.ts';

const schemeCount = z.object({ scheme: z.string(), users: z.int() }).openapi('SchemeCount');

const data = z
  .object({ legacy_hashes: z.array(schemeCount), legacy_hashes_until: z.string().nullable() })
  .openapi('StatsData');

const route = adminRoute({
  method: 'get',
  path: '/admin/stats',
  summary: 'How many users still have a hash of another system',
  responses: {
    200: json(
      z.object({ status: z.literal('success'), data }).openapi('Stats'),
      'The users by scheme, the largest number first, and the last day on which these hashes are accepted.',
    ),
  },
});

export function mountCountHashes(app: App) {
  app.openapi(route, async (c) => {
    const { legacyHashes, until } = await countHashes(c.var.deps);
    return c.json(
      { status: 'success' as const, data: { legacy_hashes: legacyHashes, legacy_hashes_until: until ?? null } },
      200,
    );
  });
}
