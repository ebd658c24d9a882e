import { z } from '@hono/zod-openapi';
import { type FieldError, refusals, type RefusalCode } from '../../errors.ts';
import { json } from './answers.ts';

/** The refusals of the OAuth endpoints, in the shape of RFC 6749, section 5.2. */
const oauthErrors = ['invalid_request', 'invalid_client', 'temporarily_unavailable', 'server_error'] as const;

type OAuthError = { error: (typeof oauthErrors)[number]; error_description: string };

const schema = z.object({ error: z.enum(oauthErrors), error_description: z.string() });

/** A refusal, as a route under `/oauth/` declares it. */
export const oauthError = (description: string) => json(schema, description);

/** The row of `code`, with `errors` where there are some, as the OAuth endpoints say it. */
export function shapeOAuthError(code: RefusalCode, errors: FieldError[] = []): OAuthError {
  const details = errors.map(({ path, message }) => `${path}: ${message}`);
  return { error: nameOf(code), error_description: [refusals[code].message, ...details].join(' ') };
}

function nameOf(code: RefusalCode): OAuthError['error'] {
  const { status } = refusals[code];
  if (code === 'invalid_client') return code;
  if (status === 503 || status === 429) return 'temporarily_unavailable';
  return status < 500 ? 'invalid_request' : 'server_error';
}
