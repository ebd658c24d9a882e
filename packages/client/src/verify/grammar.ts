/** In characters, as at the service. Its access tokens have fewer than a thousand. */
const MAX_LENGTH = 4096;

/** RFC 6750, section 2.1: a b64token. */
const BEARER_TOKEN = /^[A-Za-z0-9._~+/-]+=*$/;

/**
 * JWS compact serialization (RFC 7515, section 7.1) of a JSON object, whose encoding begins with `eyJ`. A refresh token
 * never does. The spare bits of the last character are zero, so that a token has one spelling: jose's decoder would also
 * accept white space.
 */
const ACCESS_TOKEN = /^eyJ[\w-]*\.[\w-]+\.(?:[\w-]{4})*(?:[\w-][AQgw]|[\w-]{2}[AEIMQUYcgkosw048])?$/;

/** Whether `value` is a token that an Authorization header can carry, and is not longer than any of ours. */
export function isBearerToken(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_LENGTH && BEARER_TOKEN.test(value);
}

/** Whether `token` can be an access token. */
export function isAccessToken(token: string): boolean {
  return ACCESS_TOKEN.test(token);
}

/** `lk_`, 59 characters of base62, `_`, and a checksum that Latchkey compares before it asks its database. */
const API_KEY = /^lk_[0-9A-Za-z]{59}_[0-9A-Za-z]{6}$/;

/** Whether `token` has the form of an API key. No access token has. */
export function isApiKey(token: string): boolean {
  return API_KEY.test(token);
}
