import { z } from '@hono/zod-openapi';
import { createClient } from '../../../domain/oauth/create-client.ts';
import { listClients } from '../../../domain/oauth/list-clients.ts';
import type { App } from '../../app-env.ts';
import { adminRoute } from '../../endpoint.ts';
import { newClientFields } from '../../request/client-fields.ts';
import { after, limit, listQuery } from '../../request/page.ts';
import { strictRequest } from '../../request/user-fields.ts';
import { client, shapeClient } from '../../response/client.ts';
import { json } from '../../response/json.ts';

const path = '/admin/clients';
const status = z.literal('success');

const listing = adminRoute({
  method: 'get',
  path,
  summary: 'List clients',
  request: { query: listQuery({ after, limit }) },
  responses: {
    200: json(
      z.object({ status, data: z.array(client), next: z.string().nullable() }).openapi('ClientsResponse'),
      'The clients, newest first.',
    ),
  },
});

const creation = adminRoute(
  {
    method: 'post',
    path,
    summary: 'Make a client',
    request: strictRequest(newClientFields),
    responses: {
      201: json(
        z
          .object({ status, message: z.string(), client_secret: z.string().nullable(), data: client })
          .openapi('ClientCreated'),
        'The client exists. Its secret is in this response alone. A client with public keys has none.',
      ),
    },
  },
  { refuses: ['client_taken'] },
);

export function mountClients(app: App) {
  app.openapi(listing, async (c) => {
    const { after, limit } = c.req.valid('query');
    const { items, next } = await listClients(c.var.deps, { after, limit: Number(limit) });
    return c.json({ status: 'success' as const, data: items.map(shapeClient), next: next ?? null }, 200);
  });

  app.openapi(creation, async (c) => {
    const { name, client_id: id, scopes = [], jwks } = c.req.valid('json');
    const { client, secret } = await createClient(c.var.deps, c.var.admin, { id, name, scopes, jwks });
    const data = shapeClient(client);
    const message = 'Client created.';
    return c.json({ status: 'success' as const, message, client_secret: secret ?? null, data }, 201);
  });
}
