import { z } from '@hono/zod-openapi';
import { createSecret } from '../../../domain/oauth/create-secret.ts';
import { deleteSecret } from '../../../domain/oauth/delete-secret.ts';
import type { App } from '../../app-env.ts';
import { adminRoute } from '../../endpoint.ts';
import { client, shapeClient } from '../../response/client.ts';
import { json } from '../../response/json.ts';

const path = '/admin/clients/{id}/secrets';
const status = z.literal('success');

const creation = adminRoute(
  {
    method: 'post',
    path,
    summary: 'Make another secret of a client',
    request: { params: z.object({ id: z.string() }) },
    responses: {
      201: json(
        z
          .object({ status, message: z.string(), client_secret: z.string(), data: client })
          .openapi('ClientSecretCreated'),
        'The secret, which is in this response alone. The other one still works.',
      ),
    },
  },
  { refuses: ['unknown_client', 'too_many_secrets'] },
);

const deletion = adminRoute(
  {
    method: 'delete',
    path: '/admin/clients/{id}/secrets/{secret}',
    summary: 'Delete a secret of a client',
    request: { params: z.object({ id: z.string(), secret: z.string() }) },
    responses: {
      200: json(
        z.object({ status, message: z.string(), data: client }).openapi('ClientSecretDeleted'),
        'The secret works no more, and the access tokens of the client are over.',
      ),
    },
  },
  { refuses: ['unknown_client', 'unknown_secret'] },
);

export function mountClientSecrets(app: App) {
  app.openapi(creation, async (c) => {
    const { client, secret } = await createSecret(c.var.deps, c.var.admin, c.req.valid('param').id);
    const data = shapeClient(client);
    return c.json({ status: 'success' as const, message: 'Secret created.', client_secret: secret, data }, 201);
  });

  app.openapi(deletion, async (c) => {
    const { id, secret } = c.req.valid('param');
    const client = await deleteSecret(c.var.deps, c.var.admin, { id, secretId: secret });
    return c.json({ status: 'success' as const, message: 'Secret deleted.', data: shapeClient(client) }, 200);
  });
}
