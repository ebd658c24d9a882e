import type { Context } from 'hono';
import { type FieldError, refusals, type RefusalCode, type StepUp } from '../../errors.ts';
import type { AppEnv } from '../app-env.ts';
import { hasBearerScheme } from '../request/bearer.ts';
import { shapeOAuthError } from './oauth-error.ts';
import { shapeRefusal } from './refusal.ts';

/** The refusals of an access token that the header presents, as RFC 6750, section 3.1, and RFC 9470 name them. */
const bearerErrors: Partial<Record<RefusalCode, string>> = {
  malformed_token: 'invalid_request',
  expired_token: 'invalid_token',
  invalid_token: 'invalid_token',
  revoked_token: 'invalid_token',
  invalid_api_key: 'invalid_token',
  user_required: 'insufficient_scope',
  insufficient_scope: 'insufficient_scope',
  insufficient_user_authentication: 'insufficient_user_authentication',
};

/** A budget lasts a minute. Storage may be back at once. */
const retryAfterSeconds: Partial<Record<number, number>> = { 429: 60, 503: 5 };

/** Refusals that name what the bearer lacks (RFC 6750, section 3.1). */
const isAboutScope = (code: RefusalCode) => code === 'user_required' || code === 'insufficient_scope';

type Details = {
  errors?: FieldError[] | undefined;
  needed?: readonly string[] | undefined;
  stepUp?: StepUp | undefined;
};

/**
 * The response that refuses the request with `code`, in the shape of its path: our own, or RFC 6749's under `/oauth/`.
 */
export function refuse(c: Context<AppEnv>, code: RefusalCode, details: Details = {}): Response {
  const { status } = refusals[code];
  c.set('refusedWith', code);
  if (status === 401 || isAboutScope(code))
    c.header('WWW-Authenticate', challenge(code, c.req.header('Authorization'), details));
  const retryAfter = retryAfterSeconds[status];
  if (retryAfter !== undefined) c.header('Retry-After', String(retryAfter));
  if (isOAuth(c) && code !== 'not_found') return c.json(shapeOAuthError(code, details.errors), status);
  return c.json(shapeRefusal(code, c.get('requestId'), details), status);
}

/** Whether the request is for a route whose responses have the shape of RFC 6749. */
export const isOAuth = (c: Context) => c.req.path.startsWith('/oauth/');

/** RFC 6750, section 3: without a bearer token in the header there is no error to name. */
function challenge(code: RefusalCode, authorization = '', { needed = [], stepUp }: Details): string {
  if (code === 'invalid_client') return 'Basic realm="latchkey", charset="UTF-8"';
  const realm = 'Bearer realm="latchkey"';
  const error = hasBearerScheme(authorization) ? bearerErrors[code] : undefined;
  if (error === undefined) return realm;
  const scope = needed.length === 0 ? '' : `, scope="${needed.join(' ')}"`;
  return `${realm}, error="${error}", error_description="${refusals[code].message}"${scope}${parametersOf(stepUp)}`;
}

/** RFC 9470, section 3. */
function parametersOf(stepUp: StepUp | undefined): string {
  if (stepUp === undefined) return '';
  const acr = stepUp.acr === undefined ? '' : `, acr_values="${stepUp.acr}"`;
  return `, max_age="${stepUp.maxAgeSeconds}"${acr}`;
}
