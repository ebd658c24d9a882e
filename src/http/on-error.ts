import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { codeOf, Refusal, refusals, type RefusalCode } from '../errors.ts';
import type { AppEnv } from './app-env.ts';
import { hasBearerScheme } from './request/bearer.ts';
import { shapeOAuthError } from './response/oauth-error.ts';

/**
 * What RFC 6750, section 3.1, calls a refusal of a bearer token. Without one in the header there is no error to name: a
 * refresh token, which comes in the body, is none.
 */
const bearerErrors: Partial<Record<RefusalCode, string>> = {
  malformed_token: 'invalid_request',
  expired_token: 'invalid_token',
  invalid_token: 'invalid_token',
  revoked_token: 'invalid_token',
};

/** What is out of reach may be back at once; a budget is for a minute. */
const retryAfterSeconds: Partial<Record<number, number>> = { 429: 60, 503: 5 };

/** Answers whatever was thrown: a refusal with its row of the table, anything else as our fault. */
export function onError(error: Error, c: Context<AppEnv>): Response {
  const code = error instanceof HTTPException ? codeOfException(error, c) : codeOf(error, c.var.failure);
  const { status, message } = refusals[code];
  c.set('refusedWith', code);
  if (status === 401) c.header('WWW-Authenticate', challenge(code, c.req.header('Authorization')));
  const retryAfter = retryAfterSeconds[status];
  if (retryAfter !== undefined) c.header('Retry-After', String(retryAfter));
  const errors = error instanceof Refusal ? error.errors : undefined;
  if (isOAuth(c) && code !== 'not_found') return c.json(shapeOAuthError(code, errors), status);
  return c.json({ status: 'fail', code, message, request_id: c.var.requestId, ...(errors && { errors }) }, status);
}

function codeOfException(error: HTTPException, c: Context<AppEnv>): RefusalCode {
  if (error.status === 400) return 'malformed_json';
  if (error.status !== 415) return codeOf(error, c.var.failure);
  return isOAuth(c) ? 'form_expected' : 'unsupported_media_type';
}

const isOAuth = (c: Context) => c.req.path.startsWith('/oauth/');

function challenge(code: RefusalCode, authorization = ''): string {
  if (code === 'invalid_client') return 'Basic realm="latchkey", charset="UTF-8"';
  const realm = 'Bearer realm="latchkey"';
  const error = hasBearerScheme(authorization) ? bearerErrors[code] : undefined;
  return error === undefined ? realm : `${realm}, error="${error}", error_description="${refusals[code].message}"`;
}
