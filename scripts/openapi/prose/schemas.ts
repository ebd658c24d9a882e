import { admin, email_verified, message, session, status, user } from './account-fields.ts';
import { adminSchemas } from './admin-schemas.ts';
import { email, password } from './credentials.ts';
import { epochSeconds, jwt, keyPart, line, refreshToken, roles, seconds, url, uuid, words } from './fields.ts';
import { eventSchemas } from './event.ts';
import { mailedRequests } from './mailed-schemas.ts';
import type { FieldProse } from './operation-prose.ts';
import { transferSchemas } from './transfer-schemas.ts';

/** What the document says of a named schema: a sentence, its keywords, and those of its properties. */
export type SchemaProse = FieldProse & { properties?: Record<string, FieldProse> };

const refresh_token = { description: 'The refresh token. Opaque: you only send it back.', ...refreshToken };
const ofTheService = { description: 'The `ISSUER` of the service: its URL without a path.', ...url };

export const schemas: Record<string, SchemaProse> = {
  Credentials: { description: 'What a user types to log in.', properties: { email, password } },
  Registration: {
    description: 'What a user types to register. Where accounts begin with a mail, the address is enough.',
    properties: { email, password },
  },
  ...mailedRequests,
  ...eventSchemas,
  ...adminSchemas,
  ...transferSchemas,
  ChangePasswordRequest: {
    description: 'The current password, and one to replace it.',
    properties: {
      current_password: { ...password, description: 'The current password.' },
      new_password: { ...password, description: `${password.description} It must differ from the current one.` },
    },
  },
  DeleteUserRequest: {
    description: 'What proves that it is the user who asks.',
    properties: { password: { ...password, description: 'The password of the account.' } },
  },
  RefreshRequest: {
    description: 'A refresh token to exchange.',
    properties: { refresh_token: { ...refresh_token, writeOnly: true } },
  },
  LogoutRequest: {
    description: 'A refresh token whose session ends.',
    properties: { refresh_token: { ...refresh_token, writeOnly: true } },
  },
  TokenForm: {
    description: 'The form of introspection (RFC 7662, section 2.1) and revocation (RFC 7009, section 2.1).',
    properties: {
      token: { description: 'An access token or a refresh token.', ...line(4096) },
      token_type_hint: { description: 'Ignored: a token shows what it is.', ...line(64) },
      client_id: { description: 'The id of the client, if it is not in the header.', ...line(128) },
      client_secret: {
        description: 'The secret of the client, if it is not in the header.',
        format: 'password',
        maxLength: 1024,
      },
    },
  },
  Success: { description: 'The request was done, and there is nothing to hand out.', properties: { status, message } },
  Tokens: {
    description: 'The tokens of a session. The names are those of RFC 6749, section 5.1, save `auth_token`.',
    properties: {
      status,
      message,
      auth_token: { description: 'The access token: a JWT of the type `at+jwt` (RFC 9068).', ...jwt },
      token_type: { description: 'How to send the access token (RFC 6750).' },
      expires_in: { description: 'The life of the access token, in seconds.', ...seconds(86_400) },
      refresh_token,
      refresh_expires_in: {
        description: 'The seconds after which the session ends if you do not refresh it.',
        ...seconds(366 * 86_400),
      },
    },
  },
  User: { description: 'An account.', properties: user },
  UserResponse: {
    description: 'The account of the access token.',
    properties: { status, data: { description: 'The account.' } },
  },
  Export: {
    description: 'What is stored about a user.',
    properties: {
      account: { description: 'The account.' },
      sessions: { description: 'The live sessions, newest first.', maxItems: 100 },
      events: { description: 'The newest events about the account, newest first.', maxItems: 1000 },
    },
  },
  ExportResponse: {
    description: 'What is stored about the user of the access token.',
    properties: { status, data: { description: 'What is stored.' } },
  },
  Session: {
    description: 'A login that has not ended. Network, country and browser are those of its last refresh.',
    properties: session,
  },
  SessionsResponse: {
    description: 'The live sessions of the user.',
    properties: { status, data: { description: 'The sessions, newest first.', maxItems: 100 } },
  },
  Introspection: { description: 'The state of a token (RFC 7662, section 2.2).' },
  InactiveToken: {
    description: 'The token is not an access token that would be accepted now.',
    properties: { active: { description: 'Always `false`.' } },
  },
  ActiveToken: {
    description:
      'The access token would be accepted now. These are its claims, with those of your own for the user beside them.',
    properties: {
      active: { description: 'Always `true`.' },
      iss: ofTheService,
      aud: { description: 'The `AUDIENCE` of the service.', ...line(255) },
      token_type: { description: 'How the access token is sent (RFC 6750).' },
      client_id: { description: 'The client that the token was issued to: `first-party`.', ...line(128) },
      sub: { description: 'The id of the user.', ...uuid },
      sid: { description: 'The id of the session.', ...uuid },
      jti: { description: 'The id of the token.', ...uuid },
      iat: { description: 'When it was issued, in seconds since 1970.', ...epochSeconds },
      exp: { description: 'When it expires, in seconds since 1970.', ...epochSeconds },
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
    },
  },
  PublicKeys: {
    description: 'A JWK set (RFC 7517, section 5).',
    properties: { keys: { description: 'The keys. The service signs with the first.', maxItems: 16 } },
  },
  PublicKey: {
    description: 'The public half of a signing key. Further members depend on `kty` (RFC 7518, section 6).',
    properties: {
      kty: { description: 'The key type.', ...keyPart },
      kid: { description: 'The id of the key, which the header of a token names.', ...keyPart },
      alg: { description: 'The algorithm of its signatures.', ...keyPart },
    },
  },
  ServerMetadata: {
    description: 'The metadata of an OAuth authorization server (RFC 8414, section 2).',
    properties: {
      issuer: ofTheService,
      jwks_uri: { description: 'Where the public keys are.', ...url },
      introspection_endpoint: { description: 'Where to ask about tokens.', ...url },
      introspection_endpoint_auth_methods_supported: { description: 'How clients authenticate there.', ...words },
      revocation_endpoint: { description: 'Where to end sessions.', ...url },
      revocation_endpoint_auth_methods_supported: { description: 'How clients authenticate there.', ...words },
      response_types_supported: { description: 'Always `none`: there is no authorization endpoint.', ...words },
      grant_types_supported: { description: 'The grants that the service knows.', ...words },
    },
  },
  OpenApiDocument: {
    description: 'An OpenAPI document.',
    properties: {
      openapi: { description: 'The version of OpenAPI.', pattern: String.raw`^3\.1\.\d+$`, maxLength: 8 },
    },
  },
  Page: { description: 'A page in HTML.', maxLength: 1_000_000, pattern: '^<!doctype html>' },
};
