import { z } from '@hono/zod-openapi';

const form = z.object({
  token: z.string({ error: 'Is missing.' }),
  token_type_hint: z.string().optional(),
  client_id: z.string().optional(),
  client_secret: z.string().optional(),
});

/** The form that introspection and revocation take. The hint is ignored, since a token shows what it is. */
export const tokenForm = {
  body: { content: { 'application/x-www-form-urlencoded': { schema: form } }, required: true },
} as const;
