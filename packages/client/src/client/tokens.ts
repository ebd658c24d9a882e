import { isBearerToken } from '../verify/grammar.ts';
import { decodeBase64url } from './base64url.ts';
import { fieldsOf, type Fields } from './response.ts';

/** The tokens of a session, and whose they are. */
export type Tokens = {
  accessToken: string;
  refreshToken: string;
  userId: string;
  sessionId: string;
  /** When to refresh, in milliseconds of this device's clock: shortly before the access token expires. */
  dueAt: number;
};

/** A tenth of the token's life, but at most this long, is left for requests that are under way. */
const MAX_MARGIN_SECONDS = 30;

/**
 * The tokens in the body of a registration, login or refresh; `undefined` if there are none. The life of the token is
 * counted from `now`, so the clocks of device and service may differ.
 */
export function parseTokens(body: Fields, now: number): Tokens | undefined {
  const { auth_token: accessToken, refresh_token: refreshToken, expires_in: seconds } = body;
  if (!isBearerToken(accessToken) || !isBearerToken(refreshToken) || typeof seconds !== 'number') {
    return undefined;
  }
  const { sub: userId, sid: sessionId } = decodeClaims(accessToken) ?? {};
  if (typeof userId !== 'string' || typeof sessionId !== 'string') return undefined;
  const dueAt = now + (seconds - Math.min(seconds / 10, MAX_MARGIN_SECONDS)) * 1000;
  return { accessToken, refreshToken, userId, sessionId, dueAt };
}

/** The tokens as text for a store. `url` says whose they are. */
export const writeTokens = (url: string, tokens: Tokens) => JSON.stringify({ url, ...tokens });

/** The tokens in the text of a store; `undefined` when it holds something else, or tokens of another service. */
export function readTokens(url: string, text: string): Tokens | undefined {
  const { url: owner, accessToken, refreshToken, userId, sessionId, dueAt } = parseObject(text) ?? {};
  if (owner !== url || typeof dueAt !== 'number') return undefined;
  // No header can carry another text.
  if (!isBearerToken(accessToken) || !isBearerToken(refreshToken)) return undefined;
  if (typeof userId !== 'string' || typeof sessionId !== 'string') return undefined;
  return { accessToken, refreshToken, userId, sessionId, dueAt };
}

/** The claims of an access token. They are not verified: they come from the service itself. */
function decodeClaims(accessToken: string): Fields | undefined {
  const payload = accessToken.split('.')[1] ?? '';
  try {
    return parseObject(new TextDecoder().decode(decodeBase64url(payload)));
  } catch {
    return undefined;
  }
}

function parseObject(text: string): Fields | undefined {
  try {
    return fieldsOf(JSON.parse(text));
  } catch {
    return undefined;
  }
}
