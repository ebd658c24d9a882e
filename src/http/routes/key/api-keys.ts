import { z } from '@hono/zod-openapi';
import { createOwnKey } from '../../../domain/key/create-key.ts';
import { listKeys } from '../../../domain/key/list-keys.ts';
import { revokeKey } from '../../../domain/key/revoke-key.ts';
import type { App } from '../../app-env.ts';
import { recentRoute, userRoute } from '../../endpoint.ts';
import { keyRequest, readKeyFields } from '../../request/key-fields.ts';
import { after, limit, listQuery } from '../../request/page.ts';
import { json, messageResponse, shapeMessage } from '../../response/json.ts';
import { keyResponse, keysResponse, shapeCreatedKey, shapeKeys } from '../../response/key.ts';

const path = '/auth/keys';

const creation = recentRoute(
  {
    method: 'post',
    path,
    summary: 'Make an API key',
    request: keyRequest,
    responses: { 201: json(keyResponse, 'The key, which nobody can read again.') },
  },
  { budget: 'credentials', refuses: ['keys_closed', 'too_many_keys', 'change_conflict'] },
);

const listing = userRoute({
  method: 'get',
  path,
  summary: 'The API keys of the user, newest first',
  request: { query: listQuery({ after, limit }) },
  responses: { 200: json(keysResponse, 'A page of keys, and where to go on.') },
});

const revocation = recentRoute(
  {
    method: 'delete',
    path: '/auth/keys/{id}',
    summary: 'Revoke an API key',
    request: { params: z.object({ id: z.string() }) },
    responses: { 200: json(messageResponse, 'The key is revoked.') },
  },
  { refuses: ['unknown_key'] },
);

export function mountApiKeys(app: App) {
  app.openapi(creation, async (c) => {
    const created = await createOwnKey(c.var.deps, c.var.caller, readKeyFields(c.req.valid('json')));
    return c.json(shapeCreatedKey(created), 201);
  });

  app.openapi(listing, async (c) => {
    const { after, limit } = c.req.valid('query');
    const owner = { kind: 'user' as const, id: c.var.caller.user.id };
    return c.json(shapeKeys(await listKeys(c.var.deps, owner, { after, limit: Number(limit) })), 200);
  });

  app.openapi(revocation, async (c) => {
    const { user, claims } = c.var.caller;
    await revokeKey(c.var.deps, { kind: 'user', id: user.id }, c.req.valid('param').id, { sessionId: claims.sid });
    return c.json(shapeMessage('Key revoked.'), 200);
  });
}
