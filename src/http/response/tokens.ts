import { z } from '@hono/zod-openapi';
import type { TokenSet } from '../../domain/session/session.ts';

export const tokenResponse = z
  .object({
    status: z.literal('success'),
    message: z.string(),
    auth_token: z.string(),
    token_type: z.literal('Bearer'),
    expires_in: z.int(),
    refresh_token: z.string(),
    refresh_expires_in: z.int(),
  })
  .openapi('Tokens');

/**
 * The body that hands `tokens` to their owner. Its names are RFC 6749's (section 5.1), except the tutorial's
 * `auth_token`.
 */
export function shapeTokens(message: string, tokens: TokenSet): z.infer<typeof tokenResponse> {
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
