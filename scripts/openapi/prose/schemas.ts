import { message, session, status, user } from './account-fields.ts';
import { adminSchemas } from './admin-schemas.ts';
import { clientSchemas } from './client-schemas.ts';
import { email, password } from './credentials.ts';
import { jwt, keyPart, refreshToken, seconds } from './fields.ts';
import { eventSchemas } from './event.ts';
import { factorSchemas } from './factor-schemas.ts';
import { keySchemas } from './key.ts';
import { mailedRequests } from './mailed-schemas.ts';
import { oauthSchemas } from './oauth-schemas.ts';
import type { FieldProse } from './operation-prose.ts';
import { transferSchemas } from './transfer-schemas.ts';

/** What the document says of a named schema: a sentence, its keywords, and those of its properties. */
export type SchemaProse = FieldProse & { properties?: Record<string, FieldProse> };

const refresh_token = { description: 'The refresh token. Opaque: you only send it back.', ...refreshToken };

export const schemas: Record<string, SchemaProse> = {
  Credentials: { description: 'What a user types to log in.', properties: { email, password } },
  Registration: {
    description: 'What a user types to register. Where accounts begin with a mail, the address is enough.',
    properties: { email, password },
  },
  ...mailedRequests,
  ...eventSchemas,
  ...keySchemas,
  ...factorSchemas,
  ...adminSchemas,
  ...oauthSchemas,
  ...clientSchemas,
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
      keys: { description: 'The newest API keys, newest first.', maxItems: 100 },
      factors: { description: 'What the account has beside the password.' },
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
  OpenApiDocument: {
    description: 'An OpenAPI document.',
    properties: {
      openapi: { description: 'The version of OpenAPI.', pattern: String.raw`^3\.1\.\d+$`, maxLength: 8 },
    },
  },
  Page: { description: 'A page in HTML.', maxLength: 1_000_000, pattern: '^<!doctype html>' },
};
