import { z } from '@hono/zod-openapi';
import { importUsers, type LineResult } from '../../../domain/admin/import-users.ts';
import type { App } from '../../app-env.ts';
import { adminRoute } from '../../endpoint.ts';
import { importedUser, readImportLines } from '../../request/import-lines.ts';
import { choice, listQuery } from '../../request/page.ts';
import { importedLine, schemeUse, shapeLine, shapeUse } from '../../response/import.ts';
import { json } from '../../response/json.ts';

const response = z
  .object({
    status: z.literal('success'),
    message: z.string(),
    imported: z.int(),
    unchanged: z.int(),
    refused: z.int(),
    data: z.array(importedLine),
    schemes: z.array(schemeUse),
  })
  .openapi('UsersImported');

const route = adminRoute({
  method: 'post',
  path: '/admin/import',
  summary: 'Take over users of another system with the hashes of their passwords',
  request: {
    query: listQuery({ dry_run: choice }),
    body: {
      content: { 'application/x-ndjson': { schema: importedUser.openapi('UserToImport') } },
      required: true,
    },
  },
  responses: {
    200: json(response, 'What has become of each line. Lines that were not refused are stored, all or none.'),
  },
});

export function mountImportUsers(app: App) {
  app.openapi(route, async (c) => {
    const isDryRun = c.req.valid('query').dry_run === 'true';
    const lines = await readImportLines(c);
    const { results, schemes } = await importUsers(c.var.deps, c.var.admin, lines, { isDryRun });
    const count = (outcome: LineResult['outcome']) => results.filter((result) => result.outcome === outcome).length;
    return c.json(
      {
        status: 'success' as const,
        message: isDryRun ? 'Nothing was written.' : 'Users imported.',
        imported: count('imported'),
        unchanged: count('unchanged'),
        refused: count('refused'),
        data: results.map(shapeLine),
        schemes: schemes.map(shapeUse),
      },
      200,
    );
  });
}
