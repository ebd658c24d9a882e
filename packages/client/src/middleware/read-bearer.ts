import { isBearerToken } from '../verify/grammar.ts';

/** RFC 9110, section 11.4: the scheme in any case, and one space or more. */
const BEARER = /^Bearer +([^ ].*)$/i;

/**
 * The token in the value of an Authorization header (RFC 6750, section 2.1). `missing` without one, and with another
 * scheme than Bearer. `malformed` when what follows `Bearer` is not one token, or is longer than any of ours.
 */
export function readBearer(header: string | undefined): { token: string } | 'missing' | 'malformed' {
  if (header === undefined || !/^Bearer(?: |,|$)/i.test(header)) return 'missing';
  const [, token] = BEARER.exec(header) ?? [];
  return isBearerToken(token) ? { token } : 'malformed';
}
