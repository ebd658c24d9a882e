import { userIdParameter } from './admin-users.ts';
import { message, status } from './account-fields.ts';
import { apiKey, clientId as idOfClient, listedKey, success } from './examples.ts';
import { base62, instant, line, scopes, seconds } from './fields.ts';
import type { FieldProse, OperationProse, Operations } from './operation-prose.ts';
import type { SchemaProse } from './schemas.ts';

const keyId: FieldProse = { description: 'The `key_id` of a key.', ...base62(16), example: listedKey.key_id };

const clientId: FieldProse = {
  description: 'The id of the client.',
  pattern: String.raw`^\w[\w.-]{0,63}$`,
  maxLength: 64,
  example: idOfClient,
};

const page = {
  after: { description: 'The `next` of the page before.', ...line(300) },
  limit: { description: 'How many keys a page has at most, 1 to 100.', maxLength: 3, example: '100' },
};

const creation = (operationId: string, who: OperationProse['who'], description: string): OperationProse => ({
  operationId,
  tag: 'API keys',
  who,
  description: `${description} The response has the key, and nothing shows it again. Keep it as you keep a password. A field that the route does not know is 400 \`invalid_request\`.`,
  request: {
    schema: 'CreateKeyRequest',
    description: 'The name of the key, and what it may do for how long.',
    examples: {
      named: { name: listedKey.name },
      complete: { name: listedKey.name, scopes: listedKey.scopes, expires_in_days: 30 },
      endless: { name: listedKey.name, expires_in_days: null },
    },
  },
  examples: { 201: { created: { ...success('Key created.'), key: apiKey, data: listedKey } } },
});

const listing = (operationId: string, who: OperationProse['who'], description: string): OperationProse => ({
  operationId,
  tag: 'API keys',
  who,
  description: `${description} Keys that are revoked are not in the list. Those that have expired are, for two days. A page goes on where the one before ended: send its \`next\` as \`after\`.`,
  parameters: page,
  examples: { 200: { keys: { status: 'success', data: [listedKey], next: null } } },
});

const REVOCATION =
  'The key is refused at once, and access tokens that it was exchanged for within about a minute. 200 means recorded in both the database and the denylist. After a 503, repeat the request. A key that is revoked already gets 200 too.';

const revocation = (operationId: string, who: OperationProse['who'], description: string): OperationProse => ({
  operationId,
  tag: 'API keys',
  who,
  description: `${description} ${REVOCATION}`,
  parameters: { id: keyId },
  examples: { 200: { revoked: success('Key revoked.') } },
});

const ofUser = { id: userIdParameter };
const ofClient = { id: clientId };

/** The API keys of users and clients. */
export const apiKeys: Operations = {
  'POST /auth/keys': creation(
    'createKey',
    'user',
    'Makes an API key of the user, for programs. A key gets in where a scope is named that it has, and nowhere else. It has those of its scopes that the user still has. Without `scopes`, it gets all that the user has now. Where the user has no scopes, the response is 403 `keys_closed`. It takes an authentication of the last 10 minutes.',
  ),
  'GET /auth/keys': listing('listKeys', 'user', 'Lists the API keys of the user, newest first.'),
  'DELETE /auth/keys/{id}': revocation(
    'revokeKey',
    'user',
    'Revokes an API key of the user. It takes an authentication of the last 10 minutes.',
  ),
  'GET /admin/users/{id}/keys': {
    ...listing('listKeysOfUser', 'administrator', 'Lists the API keys of the user, newest first.'),
    parameters: { ...ofUser, ...page },
  },
  'DELETE /admin/users/{id}/keys/{key}': {
    ...revocation('revokeKeyOfUser', 'administrator', 'Revokes an API key of the user.'),
    parameters: { ...ofUser, key: keyId },
  },
  'POST /admin/clients/{id}/keys': {
    ...creation(
      'createKeyOfClient',
      'administrator',
      'Makes an API key of the client. It has those of its scopes that the client still has, and never one that begins with `latchkey:`. Without `scopes`, it gets all others that the client has now. A disabled client gets 409 `client_disabled`.',
    ),
    parameters: ofClient,
  },
  'GET /admin/clients/{id}/keys': {
    ...listing('listKeysOfClient', 'administrator', 'Lists the API keys of the client, newest first.'),
    parameters: { ...ofClient, ...page },
  },
  'DELETE /admin/clients/{id}/keys/{key}': {
    ...revocation('revokeKeyOfClient', 'administrator', 'Revokes an API key of the client.'),
    parameters: { ...ofClient, key: keyId },
  },
};

const key = {
  key_id: { description: 'The id of the key, which is its first part.', ...base62(16) },
  name: { description: 'What its owner calls it.', ...line(100), minLength: 1 },
  scopes: { description: 'The scopes that it was given, sorted. It has those that its owner still has.', ...scopes },
  created_on: { description: 'When it was made.', ...instant },
  expires_on: { description: 'When it expires. `null`: never.', ...instant },
  last_used_on: { description: 'When it was last used, to the hour. `null`: never.', ...instant },
};

export const keySchemas: Record<string, SchemaProse> = {
  ApiKey: { description: 'An API key, without what it takes to use it.', properties: key },
  CreateKeyRequest: {
    description: 'The key to make. Only the name is needed.',
    properties: {
      name: { description: 'What to call it, in one line.', ...line(100), minLength: 1 },
      scopes: {
        description: 'Scopes that the owner has. Without them, all.',
        ...scopes,
        minItems: 1,
        uniqueItems: false,
      },
      expires_in_days: {
        description: 'After how many days it expires. `null`: never.',
        ...seconds(3650),
        minimum: 1,
      },
    },
  },
  ApiKeyCreated: {
    description: 'The key that was made.',
    properties: {
      status,
      message,
      key: {
        description: 'The key, to send as `Authorization: Bearer`. Nothing shows it again.',
        pattern: '^lk_[0-9A-Za-z]{59}_[0-9A-Za-z]{6}$',
        maxLength: 69,
      },
      data: { description: 'What the list shows of it.' },
    },
  },
  ApiKeysResponse: {
    description: 'A page of API keys.',
    properties: {
      status,
      data: { description: 'The keys, newest first.', maxItems: 100 },
      next: { description: 'Send it as `after` to go on. `null` at the end.', ...line(300) },
    },
  },
};
