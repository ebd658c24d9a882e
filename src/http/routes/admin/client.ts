import { z } from '@hono/zod-openapi';
import { changeClient } from '../../../domain/oauth/change-client.ts';
import { deleteClient } from '../../../domain/oauth/delete-client.ts';
import { getClient } from '../../../domain/oauth/managed-client.ts';
import type { App } from '../../app-env.ts';
import { adminRoute } from '../../endpoint.ts';
import { clientFields } from '../../request/client-fields.ts';
import { strictRequest } from '../../request/user-fields.ts';
import { client, shapeClient } from '../../response/client.ts';
import { json, messageResponse, shapeMessage } from '../../response/json.ts';

const path = '/admin/clients/{id}';
const params = z.object({ id: z.string() });
const status = z.literal('success');

const show = adminRoute(
  {
    method: 'get',
    path,
    summary: 'A client',
    request: { params },
    responses: { 200: json(z.object({ status, data: client }).openapi('ClientResponse'), 'The client.') },
  },
  { refuses: ['unknown_client'] },
);

const change = adminRoute(
  {
    method: 'patch',
    path,
    summary: 'Change a client',
    request: { params, ...strictRequest(clientFields) },
    responses: {
      200: json(
        z.object({ status, message: z.string(), changed: z.boolean(), data: client }).openapi('ClientChanged'),
        'The client as it is now.',
      ),
    },
  },
  { refuses: ['unknown_client', 'change_conflict'] },
);

const deletion = adminRoute(
  {
    method: 'delete',
    path,
    summary: 'Delete a client',
    request: { params },
    responses: { 200: json(messageResponse, 'The client is gone with its API keys, and its access tokens are over.') },
  },
  { refuses: ['unknown_client', 'change_conflict'] },
);

export function mountClient(app: App) {
  app.openapi(show, async (c) => {
    const data = shapeClient(await getClient(c.var.deps, c.req.valid('param').id));
    return c.json({ status: 'success' as const, data }, 200);
  });

  app.openapi(change, async (c) => {
    const { deps, admin } = c.var;
    const { client, isChanged } = await changeClient(deps, admin, c.req.valid('param').id, c.req.valid('json'));
    const message = isChanged ? 'Client changed.' : 'Nothing to change.';
    return c.json({ status: 'success' as const, message, changed: isChanged, data: shapeClient(client) }, 200);
  });

  app.openapi(deletion, async (c) => {
    await deleteClient(c.var.deps, c.var.admin, c.req.valid('param').id);
    return c.json(shapeMessage('Client deleted.'), 200);
  });
}
