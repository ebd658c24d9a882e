import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { readClaims } from '../../domain/session/read-token.ts';
import { Refusal, type RefusalCode } from '../../errors.ts';
import type { AppEnv } from '../app-env.ts';
import { readBearer } from '../request/bearer.ts';
import { fieldErrorsOf } from '../response/field-errors.ts';
import { checkJsonBody, objectOf, parseJson, text } from '../request/json-body.ts';
import { readBytes, replaceBody } from '../request/body.ts';

type Claims = Awaited<ReturnType<typeof readClaims>>;

/** What the request brings: the claims of its access token, or a refresh token that is not verified. */
export type Holder = { claims: Claims } | { unverifiedRefreshToken: string };

const schema = objectOf({ refresh_token: text.optional() });

/** The body of a route that takes a refresh token instead of an access token. */
export const holderBody = { content: { 'application/json': { schema } }, required: false } as const;

/** The request of such a route: this body, and what else it takes. */
export type HolderRequest = { request: { body: typeof holderBody } };

/**
 * Lets in a request with a refresh token in its body, or else with an access token that is in force. The use case
 * verifies the refresh token, or asks whether the access token is revoked. Sets `c.var.holder`. Refuses with `missing`
 * when there is neither, with `malformed_token`, and as `readClaims` does. Refuses a bad body with
 * `unsupported_media_type`, `malformed_json` or `invalid_request`.
 */
export function requireHolder(missing: RefusalCode) {
  return createMiddleware<AppEnv & { Variables: { holder: Holder } }>(async function requireHolder(c, next) {
    const deps = c.get('deps');
    const refreshToken = await readRefreshToken(c);
    if (refreshToken !== undefined) c.set('holder', { unverifiedRefreshToken: refreshToken });
    else c.set('holder', { claims: await readClaims(readBearer(c, missing), deps.config, { now: deps.now() }) });
    await next();
  });
}

/** `undefined` when there is no body, or one without a refresh token. */
async function readRefreshToken(c: Context): Promise<string | undefined> {
  if ((await readBytes(c, 'application/json')).byteLength === 0) {
    // Many clients send a Content-Type with every request, even without a body.
    if (c.req.header('Content-Type') !== undefined) replaceBody(c, 'application/json', '{}');
    return undefined;
  }
  const { data, error } = schema.safeParse(parseJson(await checkJsonBody(c)));
  if (error === undefined) return data.refresh_token;
  throw new Refusal('invalid_request', { errors: fieldErrorsOf(error) });
}
