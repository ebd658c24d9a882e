import { z } from '@hono/zod-openapi';
import { actorOf } from '../../../domain/admin/authenticate-admin.ts';
import { createKeyOfClient } from '../../../domain/key/create-key.ts';
import { listKeys } from '../../../domain/key/list-keys.ts';
import { revokeKey } from '../../../domain/key/revoke-key.ts';
import type { App } from '../../app-env.ts';
import { adminRoute } from '../../endpoint.ts';
import { keyRequest, readKeyFields } from '../../request/key-fields.ts';
import { after, limit, listQuery } from '../../request/page.ts';
import { json, messageResponse, shapeMessage } from '../../response/json.ts';
import { keyResponse, keysResponse, shapeCreatedKey, shapeKeys } from '../../response/key.ts';

const path = '/admin/clients/{id}/keys';
const params = z.object({ id: z.string() });

const creation = adminRoute(
  {
    method: 'post',
    path,
    summary: 'Make an API key of a client',
    request: { params, ...keyRequest },
    responses: { 201: json(keyResponse, 'The key, which nobody can read again.') },
  },
  { refuses: ['unknown_client', 'client_disabled', 'too_many_keys', 'change_conflict'] },
);

const listing = adminRoute(
  {
    method: 'get',
    path,
    summary: 'The API keys of a client, newest first',
    request: { params, query: listQuery({ after, limit }) },
    responses: { 200: json(keysResponse, 'A page of keys, and where to go on.') },
  },
  { refuses: ['unknown_client'] },
);

const revocation = adminRoute(
  {
    method: 'delete',
    path: `${path}/{key}`,
    summary: 'Revoke an API key of a client',
    request: { params: z.object({ id: z.string(), key: z.string() }) },
    responses: { 200: json(messageResponse, 'The key is revoked.') },
  },
  { refuses: ['unknown_client', 'unknown_key'] },
);

export function mountKeysOfClient(app: App) {
  app.openapi(creation, async (c) => {
    const { deps, admin } = c.var;
    const fields = readKeyFields(c.req.valid('json'));
    return c.json(shapeCreatedKey(await createKeyOfClient(deps, admin, c.req.valid('param').id, fields)), 201);
  });

  app.openapi(listing, async (c) => {
    const { after, limit } = c.req.valid('query');
    const owner = { kind: 'client' as const, id: c.req.valid('param').id };
    return c.json(shapeKeys(await listKeys(c.var.deps, owner, { after, limit: Number(limit) })), 200);
  });

  app.openapi(revocation, async (c) => {
    const { id, key } = c.req.valid('param');
    await revokeKey(c.var.deps, { kind: 'client', id }, key, { actor: actorOf(c.var.admin) });
    return c.json(shapeMessage('Key revoked.'), 200);
  });
}
