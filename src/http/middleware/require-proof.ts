import { createMiddleware } from 'hono/factory';
import type { OwnProof } from '../../domain/account/challenge.ts';
import { readClaims } from '../../domain/session/read-token.ts';
import { Refusal } from '../../errors.ts';
import type { AppEnv } from '../app-env.ts';
import { readBearer } from '../request/bearer.ts';
import { checkJsonBody, objectOf, parseJson } from '../request/json-body.ts';
import { code, token } from '../request/proof.ts';
import { fieldErrorsOf } from '../response/field-errors.ts';

const schema = objectOf({ token: token.optional(), code: code.optional() });

/** The body of a route that takes the token of a mail, or its code with an access token. */
export const ownProofBody = { content: { 'application/json': { schema } }, required: true } as const;

/** The request of such a route. */
export type OwnProofRequest = { request: { body: typeof ownProofBody } };

/**
 * Lets in a request with the token of a mail, or with its code and an access token that is in force. The use case
 * verifies the token or the code, and asks whether the access token is revoked. Sets `c.var.proof`. Refuses a code without
 * an access token as `requireUser` does, and a bad body with `unsupported_media_type`, `malformed_json` or
 * `invalid_request`.
 */
export function requireProof() {
  return createMiddleware<AppEnv & { Variables: { proof: OwnProof } }>(async function requireProof(c, next) {
    const { data, error } = schema.safeParse(parseJson(await checkJsonBody(c)));
    if (error !== undefined) throw new Refusal('invalid_request', { errors: fieldErrorsOf(error) });
    const { token, code } = data;
    if (token !== undefined && code === undefined) {
      c.set('proof', { token });
    } else if (token === undefined && code !== undefined) {
      const deps = c.get('deps');
      c.set('proof', { code, claims: await readClaims(readBearer(c), deps.config, { now: deps.now() }) });
    } else {
      throw new Refusal('invalid_request', { errors: [{ path: 'token', message: 'Give a token or a code.' }] });
    }
    await next();
  });
}
