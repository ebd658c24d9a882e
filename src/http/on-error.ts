import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { Refusal, refusals, type RefusalCode, StorageFailure } from '../errors.ts';
import type { AppEnv } from './app-env.ts';

/** What RFC 6750, section 3.1, calls a refusal of a bearer token. Without credentials there is no error to name. */
const bearerErrors: Partial<Record<RefusalCode, string>> = {
  malformed_token: 'invalid_request',
  expired_token: 'invalid_token',
  invalid_token: 'invalid_token',
  revoked_token: 'invalid_token',
};

const RETRY_AFTER_SECONDS = 5;

/** Answers whatever was thrown: a refusal with its row of the table, anything else as our fault. */
export function onError(error: Error, c: Context<AppEnv>): Response {
  const code = codeOf(error, c.var.failure);
  const { status, message } = refusals[code];
  c.set('refusedWith', code);
  if (status === 401) c.header('WWW-Authenticate', challenge(bearerErrors[code], message));
  if (status === 503) c.header('Retry-After', String(RETRY_AFTER_SECONDS));
  const errors = error instanceof Refusal ? error.errors : undefined;
  return c.json({ status: 'fail', code, message, request_id: c.var.requestId, ...(errors && { errors }) }, status);
}

function codeOf(error: Error, failure: RefusalCode | undefined): RefusalCode {
  if (error instanceof Refusal) return error.code;
  if (error instanceof HTTPException && error.status === 400) return 'malformed_json';
  if (error instanceof HTTPException && error.status === 415) return 'unsupported_media_type';
  return failure ?? (error instanceof StorageFailure ? 'storage_unavailable' : 'internal_error');
}

function challenge(error: string | undefined, description: string): string {
  const realm = 'Bearer realm="latchkey"';
  return error === undefined ? realm : `${realm}, error="${error}", error_description="${description}"`;
}
