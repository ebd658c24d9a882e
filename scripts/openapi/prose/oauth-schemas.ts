import { admin, email_verified } from './account-fields.ts';
import { epochSeconds, jwt, line, refreshToken, roles, seconds, url, uris, uuid, words } from './fields.ts';
import type { SchemaProse } from './schemas.ts';

const ofTheService = { description: 'The `ISSUER` of the service: its URL without a path.', ...url };

const client_id = { description: 'The id of the client, if it is not in the header.', ...line(128) };

/** What a client proves with who it is, in a form. */
const proof = {
  client_secret: {
    description: 'The secret of the client, if it is not in the header.',
    format: 'password',
    maxLength: 1024,
  },
  client_assertion_type: {
    description: '`urn:ietf:params:oauth:client-assertion-type:jwt-bearer`, if there is an assertion.',
    ...line(128),
  },
  client_assertion: {
    description: 'A JWT that the client has signed (RFC 7523, section 2.2), good for one request.',
    ...line(4096),
  },
};

const scope = { description: 'The scopes, with one space between them (RFC 6749, section 3.3).', ...line(1024) };

const issued = {
  active: { description: 'Always `true`.' },
  iss: ofTheService,
  aud: {
    description: 'Whom the token is for: the `AUDIENCE` of the service, or one of its `RESOURCES`.',
    ...line(255),
  },
  token_type: { description: 'How the token is sent (RFC 6750).' },
  client_id: {
    description: 'The client that the token was issued to: `first-party` for people, `api-key` for their API keys.',
    ...line(128),
  },
  jti: { description: 'The id of the token, or of the API key.', ...line(64) },
  iat: { description: 'When it was issued, in seconds since 1970.', ...epochSeconds },
  exp: {
    description: 'When it expires, in seconds since 1970. Absent for an API key that never does.',
    ...epochSeconds,
  },
  scope,
  key_id: { description: 'The API key, also if it was exchanged for the access token.', ...line(16) },
};

/** The schemas of the routes under `/oauth/` and of their metadata. */
export const oauthSchemas: Record<string, SchemaProse> = {
  TokenForm: {
    description: 'The form of introspection (RFC 7662, section 2.1) and revocation (RFC 7009, section 2.1).',
    properties: {
      token: { description: 'An access token, a refresh token or an API key.', ...line(4096) },
      token_type_hint: { description: 'Ignored: a token shows what it is.', ...line(64) },
      client_id,
      ...proof,
    },
  },
  GrantForm: {
    description: 'A token request (RFC 6749, sections 4.4.2 and 6; RFC 8693, section 2.1).',
    properties: {
      grant_type: {
        description:
          '`client_credentials`, `refresh_token`, or `urn:ietf:params:oauth:grant-type:token-exchange` for an API key.',
        ...line(128),
      },
      scope: { ...scope, description: `${scope.description} Without it, you get all that there are.` },
      resource: { description: 'Whom the token is for (RFC 8707), if not the `AUDIENCE`.', ...line(255) },
      audience: { description: 'For an API key, the same as `resource` (RFC 8693, section 2.1).', ...line(255) },
      refresh_token: { description: 'The refresh token of a session.', writeOnly: true, ...refreshToken },
      subject_token: { description: 'The API key to exchange.', writeOnly: true, ...line(4096) },
      subject_token_type: { description: 'Always `urn:ietf:params:oauth:token-type:access_token`.', ...line(128) },
      requested_token_type: { description: 'The same, or left out.', ...line(128) },
      actor_token: { description: 'Not supported.', ...line(4096) },
      client_id: {
        description:
          'The id of the client, if it is not in the header. With a refresh token `first-party`, with an API key `api-key`, or left out.',
        ...line(128),
      },
      ...proof,
    },
  },
  OAuthTokens: {
    description: 'An access token (RFC 6749, section 5.1; RFC 8693, section 2.2.1).',
    properties: {
      access_token: { description: 'The access token: a JWT of the type `at+jwt` (RFC 9068).', ...jwt },
      issued_token_type: { description: 'What the API key was exchanged for: an access token.', ...line(128) },
      token_type: { description: 'How to send the access token (RFC 6750).' },
      expires_in: { description: 'The life of the access token, in seconds.', ...seconds(86_400) },
      refresh_token: { description: 'The next refresh token, if one was sent.', ...refreshToken },
      scope,
    },
  },
  Introspection: { description: 'The state of a token (RFC 7662, section 2.2).' },
  InactiveToken: {
    description: 'The token is neither an access token nor an API key that would be accepted now.',
    properties: { active: { description: 'Always `false`.' } },
  },
  ActiveUserToken: {
    description:
      'The token of a user would be accepted now. These are its claims, with those of your own for the user beside them.',
    properties: {
      ...issued,
      kind: { description: 'Whose it is: `user`.' },
      sub: { description: 'The id of the user.', ...uuid },
      sid: { description: 'The id of the session. An API key has none.', ...uuid },
      admin,
      roles: { description: 'The roles of the user when the token was issued, sorted.', ...roles },
      email_verified: {
        ...email_verified,
        description: 'Whether the user had proved the address when the token was issued.',
      },
      user_version: {
        description: 'Each logout of all or of the other sessions, and each change of the password, counts it up.',
        ...epochSeconds,
      },
      rights_version: {
        description: 'Each change of `admin`, `roles` or the claims of your own counts it up.',
        ...epochSeconds,
      },
      auth_time: { description: 'When the user last authenticated. An API key has none.', ...epochSeconds },
      acr: { description: 'The level that this reached: `aal2` is with a second factor. An API key has none.' },
      amr: { description: 'How the user authenticated (RFC 8176). An API key has none.', ...words },
    },
  },
  ActiveMachineToken: {
    description: 'The token of a client would be accepted now.',
    properties: {
      ...issued,
      kind: { description: 'Whose it is: `machine`.' },
      sub: { description: 'The id of the client.', ...line(64) },
      client_version: {
        description: 'Disabling the client, and taking away a secret, a scope or a key, counts it up.',
        ...epochSeconds,
      },
    },
  },
  ServerMetadata: {
    description: 'The metadata of an OAuth authorization server (RFC 8414, section 2).',
    properties: {
      issuer: ofTheService,
      jwks_uri: { description: 'Where the public keys are.', ...url },
      ...endpoint('token', 'Where programs get access tokens.'),
      ...endpoint('introspection', 'Where to ask about tokens.'),
      ...endpoint('revocation', 'Where to revoke tokens.'),
      response_types_supported: { description: 'Always `none`: there is no authorization endpoint.', ...words },
      grant_types_supported: { description: 'The grants of the token endpoint.', ...uris },
      scopes_supported: { description: 'Scopes of users, and those of the service itself.', ...scopes() },
    },
  },
};

function endpoint(name: string, description: string): Record<string, SchemaProse> {
  return {
    [`${name}_endpoint`]: { description, ...url },
    [`${name}_endpoint_auth_methods_supported`]: { description: 'How clients authenticate there.', ...words },
    [`${name}_endpoint_auth_signing_alg_values_supported`]: {
      description: 'The algorithms of assertions of clients.',
      ...words,
    },
  };
}

function scopes() {
  return { maxItems: 512, uniqueItems: true, items: { pattern: String.raw`^[\w:./-]+$`, maxLength: 64 } };
}
