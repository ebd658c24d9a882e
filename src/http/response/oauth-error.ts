import { z } from '@hono/zod-openapi';
import { type FieldError, refusals, type RefusalCode } from '../../errors.ts';
import { declareByStatus, type DeclaredRefusals } from './refusal.ts';

type OAuthErrorName = 'invalid_request' | 'invalid_client' | 'temporarily_unavailable' | 'server_error';

/**
 * The body of a refusal under `/oauth/` (RFC 6749, section 5.2): the row of `code`, and what is wrong with single
 * fields.
 */
export function shapeOAuthError(code: RefusalCode, errors: FieldError[] = []) {
  const details = errors.map(({ path, message }) => `${path}: ${message}`);
  return { error: nameOf(code), error_description: [refusals[code].message, ...details].join(' ') };
}

/** The responses of a route under `/oauth/` that may refuse with `codes`: one for each of their statuses. */
export function declareOAuthErrors(codes: RefusalCode[]): DeclaredRefusals {
  return declareByStatus(codes, (ofStatus) =>
    z.object({ error: z.enum([...new Set(ofStatus.map(nameOf))]), error_description: z.string() }),
  );
}

function nameOf(code: RefusalCode): OAuthErrorName {
  const { status } = refusals[code];
  if (code === 'invalid_client') return code;
  if (status === 503 || status === 429) return 'temporarily_unavailable';
  return status < 500 ? 'invalid_request' : 'server_error';
}
