import type { Context } from 'hono';
import { MAX_TOKEN_LENGTH } from '../../domain/session/read-token.ts';
import { Refusal, type RefusalCode } from '../../errors.ts';

/** RFC 6750, section 2.1: the scheme in any case, one space or more, a b64token. */
const BEARER = new RegExp(`^Bearer +([A-Za-z0-9._~+/-]{1,${MAX_TOKEN_LENGTH}}=*)$`, 'i');

/**
 * The access token in the Authorization header. Refuses with `missing` without a header, and with `malformed_token`.
 */
export function readBearer(c: Context, missing: RefusalCode = 'missing_token'): string {
  const header = c.req.header('Authorization');
  if (header === undefined) throw new Refusal(missing);
  const [, accessToken] = BEARER.exec(header) ?? [];
  if (accessToken === undefined) throw new Refusal('malformed_token');
  return accessToken;
}

/** Whether `header` has the scheme Bearer, followed by a well-formed token or not (RFC 9110, section 11.4). */
export function hasBearerScheme(header: string): boolean {
  return /^Bearer( |$)/i.test(header);
}
