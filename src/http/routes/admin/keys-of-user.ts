import { z } from '@hono/zod-openapi';
import { actorOf } from '../../../domain/admin/authenticate-admin.ts';
import { listKeys } from '../../../domain/key/list-keys.ts';
import { revokeKey } from '../../../domain/key/revoke-key.ts';
import type { App } from '../../app-env.ts';
import { adminRoute } from '../../endpoint.ts';
import { after, limit, listQuery } from '../../request/page.ts';
import { json, messageResponse, shapeMessage } from '../../response/json.ts';
import { keysResponse, shapeKeys } from '../../response/key.ts';

const path = '/admin/users/{id}/keys';

const listing = adminRoute(
  {
    method: 'get',
    path,
    summary: 'The API keys of a user, newest first',
    request: { params: z.object({ id: z.string() }), query: listQuery({ after, limit }) },
    responses: { 200: json(keysResponse, 'A page of keys, and where to go on.') },
  },
  { refuses: ['unknown_user'] },
);

const revocation = adminRoute(
  {
    method: 'delete',
    path: `${path}/{key}`,
    summary: 'Revoke an API key of a user',
    request: { params: z.object({ id: z.string(), key: z.string() }) },
    responses: { 200: json(messageResponse, 'The key is revoked.') },
  },
  { refuses: ['unknown_user', 'unknown_key'] },
);

export function mountKeysOfUser(app: App) {
  app.openapi(listing, async (c) => {
    const { after, limit } = c.req.valid('query');
    const owner = { kind: 'user' as const, id: c.req.valid('param').id };
    return c.json(shapeKeys(await listKeys(c.var.deps, owner, { after, limit: Number(limit) })), 200);
  });

  app.openapi(revocation, async (c) => {
    const { id, key } = c.req.valid('param');
    await revokeKey(c.var.deps, { kind: 'user', id }, key, { actor: actorOf(c.var.admin) });
    return c.json(shapeMessage('Key revoked.'), 200);
  });
}
