import { z } from '@hono/zod-openapi';
import { text } from '../../request/json-body.ts';

const form = z.object({
  token: text,
  token_type_hint: z.string().optional(),
  client_id: z.string().optional(),
  client_secret: z.string().optional(),
  client_assertion_type: z.string().optional(),
  client_assertion: z.string().optional(),
});

/** The form that introspection and revocation take. The hint is ignored, since a token shows what it is. */
export const tokenForm = {
  body: { content: { 'application/x-www-form-urlencoded': { schema: form } }, required: true },
} as const;
