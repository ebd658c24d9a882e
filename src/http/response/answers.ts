import { z } from '@hono/zod-openapi';
import type { TokenSet } from '../../domain/session/session.ts';
import { refusals, type RefusalCode } from '../../errors.ts';

/** An answer in JSON, as a route declares it. */
export function json<const S extends z.ZodType>(schema: S, description: string) {
  return { content: { 'application/json': { schema } }, description };
}

/** A refusal with one of `codes`, as a route declares it under their status. */
export function refusal<const C extends RefusalCode>(...codes: C[]) {
  const schema = z.object({
    status: z.literal('fail'),
    code: z.enum(codes),
    message: z.string(),
    request_id: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  });
  return json(schema, codes.map((code) => refusals[code].message).join(' / '));
}

export const tokenAnswer = z.object({
  status: z.literal('success'),
  message: z.string(),
  auth_token: z.string(),
  token_type: z.literal('Bearer'),
  expires_in: z.int(),
  refresh_token: z.string(),
  refresh_expires_in: z.int(),
});

/** The answer that hands `tokens` to their owner, named as in RFC 6749, section 5.1, save the tutorial's `auth_token`. */
export function shapeTokens(message: string, tokens: TokenSet): z.infer<typeof tokenAnswer> {
  return {
    status: 'success',
    message,
    auth_token: tokens.accessToken,
    token_type: 'Bearer',
    expires_in: tokens.expiresInSeconds,
    refresh_token: tokens.refreshToken,
    refresh_expires_in: tokens.refreshExpiresInSeconds,
  };
}
