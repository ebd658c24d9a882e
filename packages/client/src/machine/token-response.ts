import { LatchkeyError, type LatchkeyErrorCode } from '../client/errors.ts';
import { type Fields, readJson, secondsIn, unexpected } from '../client/response.ts';
import { isBearerToken } from '../verify/grammar.ts';

/** An access token, and until when to use it, in epoch milliseconds of this machine's clock. */
export type IssuedToken = { accessToken: string; dueAt: number };

/** What is left of the life of a token for the requests that use it, but at most half of that life. */
const MARGIN_SECONDS = 60;

/** The names of RFC 6749, section 5.2, and of RFC 8707, section 2, that the token endpoint gives to a client. */
const CODES: Record<string, LatchkeyErrorCode> = {
  invalid_request: 'invalid_request',
  invalid_client: 'invalid_client',
  invalid_scope: 'invalid_scope',
  invalid_target: 'invalid_target',
  unauthorized_client: 'unauthorized_client',
  unsupported_grant_type: 'unsupported_grant_type',
  server_error: 'internal_error',
  temporarily_unavailable: 'storage_unavailable',
};

/**
 * The token in the response to a request that was sent at `askedAt`: the clocks of machine and service may differ. Throws
 * `LatchkeyError` for a refusal, and with `unexpected_response` for anything else.
 */
export async function readToken(response: Response, askedAt: Date): Promise<IssuedToken> {
  const body = await readJson(response);
  if (response.status !== 200) throw refusalOf(response, body);
  const { access_token: accessToken, token_type: type, expires_in: seconds } = body ?? {};
  const isToken = isBearerToken(accessToken) && String(type).toLowerCase() === 'bearer';
  if (!isToken || typeof seconds !== 'number' || !(seconds > 0)) throw unexpected(response);
  const useSeconds = seconds - Math.min(seconds / 2, MARGIN_SECONDS);
  return { accessToken, dueAt: askedAt.getTime() + useSeconds * 1000 };
}

function refusalOf(response: Response, body: Fields | undefined): LatchkeyError {
  const { status, headers } = response;
  const { error, error_description: description }: Fields = body ?? {};
  const retryAfterSeconds = secondsIn(headers.get('Retry-After'));
  if (typeof error !== 'string') return Object.assign(unexpected(response), { retryAfterSeconds });
  const name = error.slice(0, 64);
  const code = status === 429 ? 'too_many_requests' : Object.hasOwn(CODES, name) ? CODES[name] : undefined;
  const sentence = typeof description === 'string' ? description : 'Latchkey gives no token.';
  const requestId = headers.get('X-Request-Id') ?? undefined;
  return new LatchkeyError(code ?? 'unexpected_response', code === undefined ? `${sentence} (${name})` : sentence, {
    status,
    requestId,
    retryAfterSeconds,
  });
}
