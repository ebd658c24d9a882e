import type { Verifier } from '../verify.ts';
import type { AccessTokenClaims, RefusedCode } from '../verify/verdict.ts';
import { readBearer } from './read-bearer.ts';

/** What a middleware does: let the user in, or respond in the way of RFC 6750, section 3. */
export type Decision = { user: AccessTokenClaims } | { response: Refusal };

/** A response that refuses a request. `error_description` says why, to people. */
export type Refusal = {
  status: 400 | 401 | 403 | 503;
  headers: Record<string, string>;
  body: { error: string; error_description: string };
};

/** Who hears of requests that are not let in. Nothing of a token is in what they hear. */
export type Listeners = {
  /** Hears why nobody could tell whether a token is good. Such a request gets 503. */
  onUnavailable?: ((cause: Error) => void) | undefined;
  /** Hears why a token was refused, with a reason for developers where there is one. */
  onRefused?: ((refusal: { code: RefusedCode; reason?: string }) => void) | undefined;
};

const DESCRIPTIONS: Record<RefusedCode, string> = {
  malformed_token: 'Send one access token, as in: Authorization: Bearer TOKEN',
  expired_token: 'The access token has expired.',
  invalid_token: 'The access token is not valid.',
  revoked_token: 'The access token has been revoked.',
};

/** In seconds. Latchkey's own 503 says the same. */
const RETRY_AFTER = '5';

/**
 * Decides on a request by its header `authorization`. Rejects only when `verifier`, or a listener, throws what is a bug
 * of the app.
 */
export async function decide(
  authorization: string | undefined,
  verifier: () => Verifier | Promise<Verifier>,
  { onUnavailable = printCause, onRefused }: Listeners = {},
): Promise<Decision> {
  const bearer = readBearer(authorization);
  // RFC 6750, section 3.1: without a token of this scheme, there is no error to name in the header.
  if (bearer === 'missing') return { response: missing };
  if (bearer === 'malformed') return { response: refuse(400, 'invalid_request', DESCRIPTIONS.malformed_token) };
  const verdict = await (await verifier()).verify(bearer.token);
  if (verdict.active) return { user: verdict.claims };
  if (verdict.code === 'unavailable') {
    onUnavailable(verdict.cause);
    return { response: unavailable };
  }
  const { active: _, ...refusal } = verdict;
  onRefused?.(refusal);
  return { response: refuse(401, 'invalid_token', DESCRIPTIONS[verdict.code]) };
}

const missing: Refusal = {
  status: 401,
  headers: { 'WWW-Authenticate': 'Bearer' },
  body: { error: 'missing_token', error_description: DESCRIPTIONS.malformed_token },
};

const unavailable: Refusal = {
  status: 503,
  headers: { 'Retry-After': RETRY_AFTER },
  body: { error: 'temporarily_unavailable', error_description: 'The access token could not be checked. Try again.' },
};

/** A response with a challenge that names `error` (RFC 6750, section 3). */
export function refuse(status: 400 | 401 | 403, error: string, error_description: string): Refusal {
  const challenge = `Bearer error="${error}", error_description="${error_description}"`;
  return { status, headers: { 'WWW-Authenticate': challenge }, body: { error, error_description } };
}

/** Otherwise nobody would learn of a wrong client secret. */
function printCause(cause: Error): void {
  console.error('Access tokens cannot be checked.', cause);
}
