import { createMiddleware } from 'hono/factory';
import { asEnroller, type Enroller, findEnroller } from '../../domain/factor/enroller.ts';
import { authenticate } from '../../domain/session/authenticate.ts';
import { Refusal } from '../../errors.ts';
import type { AppEnv } from '../app-env.ts';
import { readBearer } from '../request/bearer.ts';
import { challengeToken } from '../request/factor.ts';
import { checkJsonBody, objectOf, parseJson } from '../request/json-body.ts';
import { networkOf } from '../request/network.ts';
import { fieldErrorsOf } from '../response/field-errors.ts';

/** The field of a route that takes a challenge token in place of an access token. */
export const enrollerField = { challenge_token: challengeToken.optional() };

const schema = objectOf(enrollerField);

/**
 * Lets in the bearer of an access token who has authenticated lately, or whoever must set up a second factor to get one, by
 * the challenge token in the body. Sets `c.var.enroller`. Refuses with `missing_token`, with `malformed_token`, as
 * `authenticate`, `asEnroller` and `findEnroller` do, and a bad body with `unsupported_media_type`, `malformed_json` or
 * `invalid_request`.
 */
export function requireEnroller() {
  return createMiddleware<AppEnv & { Variables: { enroller: Enroller } }>(async function requireEnroller(c, next) {
    const deps = c.get('deps');
    const { data, error } = schema.safeParse(parseJson(await checkJsonBody(c)));
    if (error !== undefined) throw new Refusal('invalid_request', { errors: fieldErrorsOf(error) });
    const { challenge_token: token } = data;
    if (token === undefined) c.set('enroller', asEnroller(await authenticate(deps, readBearer(c)), deps.now()));
    else c.set('enroller', await findEnroller(deps, token, networkOf(c)));
    await next();
  });
}
