import type { AccessTokenClaims, Scope, Verdict, Verifier } from '../../../packages/client/src/verify.ts';
import { callers } from './callers.ts';

/** What a middleware responds with: its status, its headers by name, and its JSON. */
export type Expected = { status: number; headers: Record<string, string | null>; body: object };

/** A verifier that always comes to this verdict, the tokens that it was asked about, and the scopes that were named. */
export function verdictOf(verdict: Verdict): { verifier: Verifier; asked: string[]; scopes: unknown[] } {
  const asked: string[] = [];
  const scopes: unknown[] = [];
  const verify = async (token: string, options?: { scope: Scope }) => {
    asked.push(token);
    scopes.push(options?.scope);
    return verdict;
  };
  return { asked, scopes, verifier: { verify } };
}

/** Claims as a verifier of another make may give them, whatever its types say. */
export function asIfUser(claims: object): AccessTokenClaims {
  const copy: AccessTokenClaims = JSON.parse(JSON.stringify(claims));
  return copy;
}

export const user = {
  kind: 'user' as const,
  sub: '2b1c4d34-95cd-44d5-9a7e-1f3f6a1a8c55',
  sid: 'session',
  jti: 'token',
  client_id: 'first-party',
  iat: 1_800_000_000,
  exp: 1_800_000_900,
  admin: false,
  auth_time: 1_800_000_000,
  acr: 'aal1',
  amr: ['pwd'],
  email_verified: false,
  roles: ['editor', 'billing:read'],
  rights_version: 3,
  tenant: 'acme',
  scope: 'reports:read api',
};

/** Those who get in where a scope is named that they have: all have reports:read. */
export const bearers: [string, object][] = [
  ['a person', user],
  ['a machine', callers.machine.claims],
  ['an API key of a machine', callers.keyOfMachine.claims],
  ['an API key of a user', callers.keyOfUser.claims],
];

/** Headers that carry one token, and the token. */
export const carriers: [string, string][] = [
  ['Bearer a.b.c', 'a.b.c'],
  ['bearer a.b.c', 'a.b.c'],
  ['BEARER   a.b.c', 'a.b.c'],
  ['Bearer dG9rZW4=', 'dG9rZW4='],
];

const HOW = 'Send one access token, as in: Authorization: Bearer TOKEN';
const challenge = (error: string, description: string) => ({
  'www-authenticate': `Bearer error="${error}", error_description="${description}"`,
  'retry-after': null,
});

/** Without a token, as without a header, RFC 6750 names no error in the header. */
export const missing: Expected = {
  status: 401,
  headers: { 'www-authenticate': 'Bearer', 'retry-after': null },
  body: { error: 'missing_token', error_description: HOW },
};

export const otherSchemes = [undefined, 'Basic am9lOnB3', 'Digest a="b"', 'Bearerabc', 'Token a.b.c', ''];

export const malformed: Expected = {
  status: 400,
  headers: challenge('invalid_request', HOW),
  body: { error: 'invalid_request', error_description: HOW },
};

export const malformedHeaders = [
  'Bearer',
  'Bearer a b',
  'Bearer a.b.c, Bearer a.b.c',
  'Bearer, Bearer a.b.c',
  'Bearer "a.b.c"',
  'Bearer a=b',
  `Bearer ${'a'.repeat(4097)}`,
];

/** The response to each verdict that is not active. */
export const refusals: [Verdict, Expected][] = [
  [{ active: false, code: 'expired_token' }, invalid('The access token has expired.')],
  [{ active: false, code: 'invalid_token' }, invalid('The access token is not valid.')],
  [{ active: false, code: 'revoked_token' }, invalid('The access token has been revoked.')],
  [{ active: false, code: 'invalid_api_key' }, invalid('The API key is wrong, revoked or expired.')],
  [{ active: false, code: 'exchange_required' }, invalid('Exchange the API key for an access token first.')],
];

function invalid(description: string): Expected {
  return {
    status: 401,
    headers: challenge('invalid_token', description),
    body: { error: 'invalid_token', error_description: description },
  };
}

/** The responses to those whose token is good, but who may not do this. */
export const peopleOnly: Expected = {
  status: 403,
  headers: challenge('insufficient_scope', 'Only a person may do this, and no machine or API key.'),
  body: { error: 'insufficient_scope', error_description: 'Only a person may do this, and no machine or API key.' },
};

const LACKS = 'The token does not have the scope that this needs.';

/** The response to a token that does not have `scope`. */
export const lackingScope = (scope: string): Expected => ({
  status: 403,
  headers: {
    'www-authenticate': `Bearer error="insufficient_scope", error_description="${LACKS}", scope="${scope}"`,
    'retry-after': null,
  },
  body: { error: 'insufficient_scope', error_description: LACKS },
});

/** The response to a user who lacks a role. */
export const lacking: Expected = {
  status: 403,
  headers: challenge('insufficient_scope', 'The user does not have the role that this needs.'),
  body: { error: 'insufficient_scope', error_description: 'The user does not have the role that this needs.' },
};

/** What names no role, whatever the types say. */
export const noRoles: unknown[][] = [[], [''], ['editor', ''], [undefined], [['editor']], [7]];

/** What names no scope, whatever the types say. */
export const noScopes: unknown[] = [undefined, null, '', ' ', [], [''], ['api', ''], 7, 'a"b'];

/** Requirements, all of which `user` meets. */
export const met: string[][][] = [[['editor']], [['admin', 'editor']], [['editor'], ['billing:read']]];

/** Requirements, one of which `user` does not meet. */
export const unmet: string[][][] = [
  [['admin']],
  [['admin', 'owner']],
  [['editor'], ['admin']],
  [['edit']],
  [['Editor']],
  [['editor,billing:read']],
];

const AGAIN = 'Prove again who you are.';
const AGAIN_BY_TWO = 'Prove again who you are, by two factors.';
const NEWER = 'insufficient_user_authentication';

/** The response to a user who has to authenticate again, within `maxAge` seconds (RFC 9470, section 3). */
export const stale = (maxAge = 600): Expected => ({
  status: 401,
  headers: {
    'www-authenticate': `Bearer error="${NEWER}", error_description="${AGAIN}", max_age="${maxAge}"`,
    'retry-after': null,
  },
  body: { error: NEWER, error_description: AGAIN, max_age: maxAge },
});

/** The response to a user who has to authenticate again by two factors. */
export const staleOrWeak: Expected = {
  status: 401,
  headers: {
    'www-authenticate': `Bearer error="${NEWER}", error_description="${AGAIN_BY_TWO}", max_age="600", acr_values="aal2"`,
    'retry-after': null,
  },
  body: { error: NEWER, error_description: AGAIN_BY_TWO, max_age: 600, acr_values: 'aal2' },
};

/** A clock, so many seconds after `user` authenticated. */
export const clockAfter = (seconds: number) => () => new Date((user.auth_time + seconds) * 1000);

/** What are no options of requireRecent, whatever the types say. */
export const noRecency: unknown[] = [
  { maxAgeSeconds: 0 },
  { maxAgeSeconds: 1.5 },
  { maxAgeSeconds: '600' },
  { maxAgeSeconds: Number.NaN },
  { maxAge: 60 },
  { acr: 'aal1' },
  { acr: 'AAL2' },
  { acrValues: 'aal2' },
  { now: 7 },
];

export const unavailable: Expected = {
  status: 503,
  headers: { 'www-authenticate': null, 'retry-after': '5' },
  body: { error: 'temporarily_unavailable', error_description: 'The access token could not be checked. Try again.' },
};

/** The part of `response` that a test compares. */
export async function read(response: Response): Promise<Expected> {
  const { status, headers } = response;
  const names = ['www-authenticate', 'retry-after'];
  return {
    status,
    headers: Object.fromEntries(names.map((name) => [name, headers.get(name)])),
    body: await response.json(),
  };
}
