import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { codeOf, Refusal, type RefusalCode } from '../errors.ts';
import type { AppEnv } from './app-env.ts';
import { isOAuth, refuse } from './response/refuse.ts';

/** The response to whatever was thrown: a refusal's row of the table, and for anything else a failure of ours. */
export function onError(error: Error, c: Context<AppEnv>): Response {
  const code = error instanceof HTTPException ? codeOfException(error, c) : codeOf(error, c.get('failure'));
  return refuse(c, code, error instanceof Refusal ? error : {});
}

/** Hono throws these when a validator cannot read a body. */
function codeOfException(error: HTTPException, c: Context<AppEnv>): RefusalCode {
  if (error.status === 400) return 'malformed_json';
  if (error.status !== 415) return codeOf(error, c.get('failure'));
  return isOAuth(c) ? 'form_expected' : 'unsupported_media_type';
}
