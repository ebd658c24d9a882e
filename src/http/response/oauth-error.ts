import { z } from '@hono/zod-openapi';
import { type FieldError, refusals, type RefusalCode } from '../../errors.ts';
import { declareByStatus, type DeclaredRefusals } from './refusal.ts';

/** The refusals that are errors of their own (RFC 6749, section 5.2; RFC 8707, section 2). */
const OWN_NAMES = [
  'invalid_client',
  'invalid_grant',
  'invalid_scope',
  'invalid_target',
  'unauthorized_client',
  'unsupported_grant_type',
] as const;

type OAuthErrorName = (typeof OWN_NAMES)[number] | 'invalid_request' | 'temporarily_unavailable' | 'server_error';

/**
 * The body of a refusal under `/oauth/` (RFC 6749, section 5.2): the row of `code`, and what is wrong with single
 * fields.
 */
export function shapeOAuthError(code: RefusalCode, errors: FieldError[] = []) {
  const details = errors.map(({ path, message }) => `${path}: ${message}`);
  return { error: oauthErrorOf(code), error_description: [refusals[code].message, ...details].join(' ') };
}

/** The responses of a route under `/oauth/` that may refuse with `codes`: one for each of their statuses. */
export function declareOAuthErrors(codes: RefusalCode[]): DeclaredRefusals {
  return declareByStatus(codes, (ofStatus) =>
    z.object({ error: z.enum([...new Set(ofStatus.map(oauthErrorOf))]), error_description: z.string() }),
  );
}

/** The name of `code` under `/oauth/`. */
export function oauthErrorOf(code: RefusalCode): OAuthErrorName {
  const { status } = refusals[code];
  const own = OWN_NAMES.find((name) => name === code);
  if (own !== undefined) return own;
  if (status === 503 || status === 429) return 'temporarily_unavailable';
  return status < 500 ? 'invalid_request' : 'server_error';
}
