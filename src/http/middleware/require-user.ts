import { createMiddleware } from 'hono/factory';
import { authenticate, type Caller } from '../../domain/authenticate.ts';
import { Refusal, type RefusalCode } from '../../errors.ts';
import type { AppEnv } from '../app-env.ts';

/** RFC 6750, section 2.1: the scheme in any case, one space or more, a b64token. Ours are shorter than 4 KiB. */
const BEARER = /^Bearer +([A-Za-z0-9._~+/-]{1,4096}=*)$/i;

/** `missing` is what to answer without an Authorization header, `identify` how to find out whose token it is. */
export type Guard = { missing?: RefusalCode; identify?: typeof authenticate };

/**
 * Lets in the bearer of an access token that is valid now, database asked, and sets `c.var.caller`. Refuses with
 * `malformed_token`, with what `identify` refuses with, and with `missing`.
 */
export function requireUser({ missing = 'missing_token', identify = authenticate }: Guard) {
  return createMiddleware<AppEnv & { Variables: { caller: Caller } }>(async function requireUser(c, next) {
    const header = c.req.header('Authorization');
    if (header === undefined) throw new Refusal(missing);
    const [, accessToken] = BEARER.exec(header) ?? [];
    if (accessToken === undefined) throw new Refusal('malformed_token');
    c.set('caller', await identify(c.var.deps, accessToken));
    await next();
  });
}
