import { mutantsOf } from '../mutant.ts';

const BY_KEYS = 'test/client/verify/by-keys.test.ts';
const CALLERS = 'test/client/verify/callers.test.ts';
const HONO = 'test/client/verify/hono.test.ts';

export const verifiers = [
  ...mutantsOf(
    'packages/client/src/verify/by-keys.ts',
    [BY_KEYS],
    [
      {
        breaks: 'a verifier accepts a token of another issuer',
        find: '{ typ: TYPE, issuer, audience,',
        replace: '{ typ: TYPE, audience,',
      },
      {
        breaks: 'a verifier accepts a token for another audience',
        find: '{ typ: TYPE, issuer, audience,',
        replace: '{ typ: TYPE, issuer,',
      },
      {
        breaks: 'a verifier accepts a JWT of another type',
        find: '{ typ: TYPE, issuer, audience,',
        replace: '{ issuer, audience,',
      },
      {
        breaks: 'a verifier accepts a token that names no key',
        find: "if (typeof header.kid !== 'string') throw new errors.JWKSNoMatchingKey();",
        replace: '',
      },
      {
        breaks: 'a verifier accepts an expired token for a day',
        find: 'DEFAULT_TOLERANCE_SECONDS = 5',
        replace: 'DEFAULT_TOLERANCE_SECONDS = 86_400',
      },
      {
        breaks: 'a verifier accepts a token of a machine that never expires',
        find: "const REQUIRED = ['sub', 'jti', 'client_id', 'iat', 'exp'];",
        replace: 'const REQUIRED: string[] = [];',
        tests: [CALLERS],
      },
      {
        breaks: 'a key that cannot be imported makes a token invalid',
        find: 'error instanceof errors.JOSEError && ABOUT_TOKEN.has(error.code)',
        replace: 'error instanceof Error',
      },
    ],
  ),
  ...mutantsOf(
    'packages/client/src/verify/key-sets.ts',
    [BY_KEYS],
    [
      { breaks: 'a verifier keeps the keys for a day', find: '600_000', replace: '86_400_000' },
      { breaks: 'forged kids flood the service', find: 'COOLDOWN_MS = 30_000', replace: 'COOLDOWN_MS = 0' },
      { breaks: 'forged kids flood a service that fails', find: 'PAUSE_MS = 1000', replace: 'PAUSE_MS = 0' },
      {
        breaks: 'a verifier for each request fetches the keys each time',
        find: 'shared.set(name, keys);',
        replace: '',
      },
      {
        breaks: 'a verifier takes a private key',
        find: " && !('d' in key)",
        replace: '',
        tests: ['test/client/verify/options.test.ts'],
      },
    ],
  ),
  ...mutantsOf(
    'packages/client/src/verify/by-introspection.ts',
    ['test/client/verify/by-introspection.test.ts'],
    [
      {
        breaks: 'a verifier takes an active refresh token for an access token',
        find: "if (!isKey && String(answer['token_type']).toLowerCase() !== 'bearer') return refuse('invalid_token');",
        replace: '',
      },
      {
        breaks: 'a verifier accepts an active token of another issuer or audience',
        find: 'if (!isFor({ iss, aud }, { issuer, audience: isKey ? undefined : audience }))',
        replace: 'if (iss === undefined && aud === undefined)',
      },
      {
        breaks: 'a verifier lets in a token that is not active',
        find: "if (!answer['active']) return refuse(isKey ? 'invalid_api_key' : 'invalid_token');",
        replace: '',
      },
    ],
  ),
  ...mutantsOf(
    'packages/client/src/verify/basic-credentials.ts',
    ['test/client/verify/by-introspection.test.ts'],
    [
      {
        breaks: 'a client secret is sent as it is',
        find: '${formEncode(clientId)}:${formEncode(clientSecret)}',
        replace: '${clientId}:${clientSecret}',
      },
    ],
  ),
  ...mutantsOf(
    'packages/client/src/verify/by-binding.ts',
    ['test/client/verify/by-binding.test.ts'],
    [
      {
        breaks: 'a binding to another Latchkey lets in its tokens',
        find: 'isFor(decodeJwt(token), { issuer, audience })',
        replace: 'isFor({}, { issuer, audience })',
      },
      {
        breaks: 'a failure of the service counts as a refused token',
        find: 'active === false && isRefused(code)',
        replace: 'active === false',
        tests: ['test/client/verify/by-binding.test.ts'],
      },
    ],
  ),
  ...mutantsOf(
    'packages/client/src/verify/grammar.ts',
    [BY_KEYS],
    [
      { breaks: 'a token has several spellings for a verifier', find: '[\\w-][AQgw]', replace: '[\\w-][\\w-]' },
      { breaks: 'a verifier decodes a token of any length', find: 'value.length <= MAX_LENGTH && ', replace: '' },
      {
        breaks: 'a refresh token is sent to introspection',
        find: '/^eyJ[\\w-]*',
        replace: '/^[\\w-]+',
        tests: ['test/client/verify/by-introspection.test.ts'],
      },
    ],
  ),
  ...mutantsOf(
    'packages/client/src/verify/claims.ts',
    [BY_KEYS, CALLERS],
    [
      { breaks: 'a verifier gives roles that are no list of texts', find: '    !isTexts(roles) ||\n', replace: '' },
      {
        breaks: 'a verifier leaves out the claims of the user',
        find: 'return { ...others, ...(scope !== undefined && { scope }) };',
        replace: 'return { ...(scope !== undefined && { scope }) };',
      },
      {
        breaks: 'a verifier gives claims about the token',
        find: '!ABOUT_TOKEN.has(name)',
        replace: "name !== ''",
      },
      {
        breaks: 'a machine with a session passes for a person',
        find: "return kind === 'machine' ? undefined : parsePerson(value);",
        replace: 'return parsePerson(value);',
      },
      {
        breaks: 'a token whose subject is no client passes for a machine',
        find: " || typeof sub !== 'string' || client_id !== sub) return undefined;",
        replace: " || typeof sub !== 'string' || typeof client_id !== 'string') return undefined;",
      },
      {
        breaks: 'an API key is an administrator',
        find: ' || admin !== false)',
        replace: ')',
      },
    ],
  ),
  ...mutantsOf(
    'packages/client/src/verify/verdict.ts',
    [CALLERS],
    [
      {
        breaks: 'a machine gets in where no scope is named',
        find: "isPerson(claims) ? { active: true, claims } : refuse('user_required')",
        replace: '{ active: true, claims: claims as AccessTokenClaims }',
      },
      {
        breaks: 'an API key of a user gets in where no scope is named',
        find: "claims.kind === 'user' && typeof claims.sid === 'string'",
        replace: "claims.kind === 'user'",
      },
      {
        breaks: 'a verifier leaves the scopes to the service',
        find: 'if (!verdict.active || hasScopes(verdict.claims.scope, scopes)) return verdict;',
        replace: 'if (!verdict.active || scopes.length > 0) return verdict;',
      },
    ],
  ),
  ...mutantsOf(
    'packages/client/src/verify/scopes.ts',
    [CALLERS],
    [
      { breaks: 'one scope of several suffices', find: 'scopes.every((scope) =>', replace: 'scopes.some((scope) =>' },
      { breaks: 'a place that names no scope lets in everybody', find: 'scopes.length > 0 && ', replace: '' },
      {
        breaks: 'a scope opens what only begins like it',
        find: "held.split(' ') : [];",
        replace: '[held] : [];',
      },
    ],
  ),
  ...mutantsOf(
    'packages/client/src/verify/answer.ts',
    [CALLERS],
    [
      {
        breaks: 'an API key passes for a person',
        find: 'isApiKey(token) && claims?.sid !== undefined ? undefined : claims',
        replace: 'claims',
      },
    ],
  ),
  ...mutantsOf(
    'packages/client/src/verify.ts',
    [CALLERS],
    [
      {
        breaks: 'an API key is sent where no scope is named',
        find: "if (isKey && scopes === undefined) return refuse('user_required');",
        replace: '',
      },
    ],
  ),
  ...mutantsOf(
    'packages/client/src/middleware/decide-scope.ts',
    [HONO],
    [
      {
        breaks: 'a middleware takes whatever another one has set for a caller',
        find: "if (kind !== 'user' && kind !== 'machine') {",
        replace: "if (kind === 'nobody') {",
      },
    ],
  ),
  ...mutantsOf(
    'packages/client/src/middleware/decide-role.ts',
    ['test/client/verify/hono.test.ts'],
    [
      {
        breaks: 'a middleware lets on everybody when nobody was verified',
        find: "throw new TypeError('requireRole needs requireUser in front of it.')",
        replace: 'return undefined',
      },
      { breaks: 'a middleware asks for all roles where one suffices', find: 'roles.some(', replace: 'roles.every(' },
      { breaks: 'a middleware that names no role is made', find: 'roles.length > 0 && ', replace: '' },
    ],
  ),
  ...mutantsOf(
    'packages/client/src/middleware/decide.ts',
    ['test/client/verify/hono.test.ts'],
    [
      {
        breaks: 'a middleware calls a token invalid when nobody can tell',
        find: 'return { response: unavailable };',
        replace: 'return { response: refuse(CHALLENGES.invalid_token) };',
      },
      {
        breaks: 'a middleware leaves the scopes to the verifier',
        find: 'admitCaller(await (await verifier()).verify(token, { scope: scopes }), scopes)',
        replace: '(await verifier()).verify(token, { scope: scopes })',
      },
      {
        breaks: 'a middleware leaves it to the verifier who is a person',
        find: 'admitPerson(await (await verifier()).verify(token))',
        replace: '(await verifier()).verify(token)',
      },
      { breaks: 'nobody hears why no token can be checked', find: 'onUnavailable(verdict.cause);', replace: '' },
    ],
  ),
];
