import packageJson from '../../../package.json' with { type: 'json' };

/** The groups of the reference, in its order. */
export const tags = [
  { name: 'Account', description: 'Accounts of users: to make one, and to see whose token it is.' },
  {
    name: 'Session',
    description: 'A session begins with a registration or a login. Its tokens last until it ends.',
  },
  {
    name: 'Second factors',
    description:
      'An authenticator app, passkeys and recovery codes: to log in with them, to set them up, and to prove again who it is.',
  },
  { name: 'API keys', description: 'Programs of a user, and clients, get in with a key where a scope is named.' },
  {
    name: 'OAuth',
    description:
      'Programs get access tokens here (RFC 6749). Other services ask about tokens (RFC 7662) and revoke them (RFC 7009).',
  },
  { name: 'Admin', description: 'Operators and administrators manage users and clients here.' },
  { name: 'Discovery', description: 'What libraries need to verify access tokens on their own.' },
  { name: 'Health', description: 'For load balancers and monitoring.' },
  { name: 'Reference', description: 'This document, for programs and for people.' },
] as const;

export type Tag = (typeof tags)[number]['name'];

export const info = {
  title: 'Latchkey',
  version: packageJson.version,
  summary: packageJson.description,
  description: `Latchkey registers users, logs them in, says who they are, and logs them out.

**Tokens.** Send the access token as \`Authorization: Bearer <token>\`. It is a JWT and lives for minutes. The refresh token
buys the next pair. Rotation is safe to repeat.

**Refusals.** Switch on \`code\`, which never changes. Show \`message\` to people. Routes under \`/oauth/\` refuse as RFC 6749,
section 5.2, asks. Every 401 has \`WWW-Authenticate\`. Every 429 and every 503 has \`Retry-After\`.

**Recent authentication.** What takes over or locks an account wants an authentication of the last 10 minutes, with a
second factor if the account has one: API keys and second factors of the user, and everything under \`/admin/\` for
administrators. Otherwise the response is 401 \`insufficient_user_authentication\` (RFC 9470): prove with
\`POST /auth/reauthenticate\` that it is the user, and repeat the request with the new access token.

**Any other path** is refused with 404 \`not_found\`, and any other method of a path with 405 \`method_not_allowed\` and \`Allow\`.
\`HEAD\` works wherever \`GET\` does.

**Bodies** have 16 KiB at most, in UTF-8 and without a content coding. Fields that the service does not know are ignored,
except under \`/admin/\` and for a new API key: there they are refused.

**Pages of other origins** may call the service if its operator names them in \`CORS_ORIGINS\`. No cookies are involved.

**Compatible changes** add routes, fields of responses, headers and codes. Ignore what you do not know.`,
  contact: { name: 'The operator of this service' },
  license: { name: 'MIT', identifier: 'MIT' },
} as const;

export const servers = [
  {
    url: '/',
    description: 'The service that serves this document, in production or in development.',
    'x-internal': false,
  },
];

/** What the routes call their guards. */
export const securitySchemes = {
  accessToken: {
    bearerFormat: 'JWT',
    description:
      'The access token: a JWT of the type `at+jwt` (RFC 9068), checked as RFC8725 recommends. Where a scope is named, an API key may be in its place. User routes are for people only. They ask the database whether its session is revoked. Token routes ask a cache, which knows within about a minute.',
  },
  operatorToken: {
    bearerFormat: 'JWT',
    description:
      'A JWT of the type `operator+jwt`, signed with the first key of `SIGNING_KEYS`: `iss` is the `ISSUER`, `aud` is the `ISSUER` with `/admin` behind it, `sub` is `operator`, `jti` is a new UUID, and `exp` is at most 300 seconds after `iat`. It is checked as RFC8725 recommends, and good for one request: make a new one for each.',
  },
  client: {
    description:
      'The id and the secret of a client (RFC 6749, section 2.3.1), both form-encoded. They may be in the form instead, as `client_id` and `client_secret`. A client with keys of its own sends a `client_assertion` there (RFC 7523). A request uses one of these ways.',
  },
};
