import type { Verifier } from '../verify.ts';
import type { AccessTokenClaims, CallerClaims } from '../verify/claims.ts';
import { admitCaller, admitPerson, type RefusedCode, type VerdictOn } from '../verify/verdict.ts';
import { readBearer } from './read-bearer.ts';

/** What a middleware does: let the bearer in, or respond in the way of RFC 6750, section 3. */
export type Decision<Claims> = { claims: Claims } | { response: Refusal };

/** A response that refuses a request. `error_description` says why, to people. */
export type Refusal = {
  status: 400 | 401 | 403 | 503;
  headers: Record<string, string>;
  body: { error: string; error_description: string; max_age?: number; acr_values?: string };
};

/** Who hears of requests that are not let in. Nothing of a token is in what they hear. */
export type Listeners = {
  /** Hears why nobody could tell whether a token is good. Such a request gets 503. */
  onUnavailable?: ((cause: Error) => void) | undefined;
  /** Hears why a token was refused, with a reason for developers where there is one. */
  onRefused?: ((refusal: { code: RefusedCode; reason?: string }) => void) | undefined;
};

type Challenge = { status: 400 | 401 | 403; error: string; description: string };

const HOW = 'Send one access token, as in: Authorization: Bearer TOKEN';

/** The response to a token that does not have the scopes of a place. */
export const LACKS_SCOPE = insufficient('The token does not have the scope that this needs.');

/** RFC 6750, section 3.1: 401 is about the token, and 403 about what its bearer may do. */
const CHALLENGES: Record<RefusedCode, Challenge> = {
  malformed_token: invalid(HOW),
  expired_token: invalid('The access token has expired.'),
  invalid_token: invalid('The access token is not valid.'),
  revoked_token: invalid('The access token has been revoked.'),
  invalid_api_key: invalid('The API key is wrong, revoked or expired.'),
  exchange_required: invalid('Exchange the API key for an access token first.'),
  user_required: insufficient('Only a person may do this, and no machine or API key.'),
  insufficient_scope: LACKS_SCOPE,
};

/** In seconds. Latchkey's own 503 says the same. */
const RETRY_AFTER = '5';

type MakeVerifier = () => Verifier | Promise<Verifier>;

/**
 * Decides on a request by its header `authorization`: people only. Rejects only when `verifier`, or a listener, throws
 * what is a bug of the app.
 */
export function decideUser(
  authorization: string | undefined,
  verifier: MakeVerifier,
  listeners?: Listeners,
): Promise<Decision<AccessTokenClaims>> {
  const judge = async (token: string) => admitPerson(await (await verifier()).verify(token));
  return decide(authorization, { judge, scopes: [] }, listeners);
}

/** The same for everybody who has all of `scopes`. */
export function decideCaller(
  authorization: string | undefined,
  { verifier, scopes }: { verifier: MakeVerifier; scopes: readonly string[] },
  listeners?: Listeners,
): Promise<Decision<CallerClaims>> {
  const judge = async (token: string) => admitCaller(await (await verifier()).verify(token, { scope: scopes }), scopes);
  return decide(authorization, { judge, scopes }, listeners);
}

type Place<Claims> = { judge: (token: string) => Promise<VerdictOn<Claims>>; scopes: readonly string[] };

async function decide<Claims>(
  authorization: string | undefined,
  { judge, scopes }: Place<Claims>,
  { onUnavailable = printCause, onRefused }: Listeners = {},
): Promise<Decision<Claims>> {
  const bearer = readBearer(authorization);
  // RFC 6750, section 3.1: without a token of this scheme, there is no error to name in the header.
  if (bearer === 'missing') return { response: missing };
  if (bearer === 'malformed') return { response: refuse({ status: 400, error: 'invalid_request', description: HOW }) };
  const verdict = await judge(bearer.token);
  if (verdict.active) return { claims: verdict.claims };
  if (verdict.code === 'unavailable') {
    onUnavailable(verdict.cause);
    return { response: unavailable };
  }
  const { active: _, ...refusal } = verdict;
  onRefused?.(refusal);
  return { response: refuse(CHALLENGES[verdict.code], scopes) };
}

const missing: Refusal = {
  status: 401,
  headers: { 'WWW-Authenticate': 'Bearer' },
  body: { error: 'missing_token', error_description: HOW },
};

const unavailable: Refusal = {
  status: 503,
  headers: { 'Retry-After': RETRY_AFTER },
  body: { error: 'temporarily_unavailable', error_description: 'The access token could not be checked. Try again.' },
};

/** A response with a challenge that names the error (RFC 6750, section 3), and the `scopes` where these are lacking. */
export function refuse({ status, error, description }: Challenge, scopes: readonly string[] = []): Refusal {
  const needs = status === 403 && scopes.length > 0 ? `, scope="${scopes.join(' ')}"` : '';
  const challenge = `Bearer error="${error}", error_description="${description}"${needs}`;
  return { status, headers: { 'WWW-Authenticate': challenge }, body: { error, error_description: description } };
}

function invalid(description: string): Challenge {
  return { status: 401, error: 'invalid_token', description };
}

/** The response to somebody whose token is good, but who may not do this. */
export function insufficient(description: string): Challenge {
  return { status: 403, error: 'insufficient_scope', description };
}

/** Otherwise nobody would learn of a wrong client secret. */
function printCause(cause: Error): void {
  console.error('Access tokens cannot be checked.', cause);
}
