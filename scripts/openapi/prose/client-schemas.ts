import { message, status } from './account-fields.ts';
import { instant, keyPart, line, scopes, uuid } from './fields.ts';
import type { SchemaProse } from './schemas.ts';

const data = { description: 'The client.' };

const name = { description: 'A name for people to read.', ...line(100), minLength: 1 };

const client_id = {
  description: 'The id of the client.',
  pattern: String.raw`^\w[\w.-]*$`,
  maxLength: 64,
};

const client_secret = {
  description: 'The secret. No other response has it.',
  pattern: String.raw`^[\w-]{43}$`,
  maxLength: 43,
};

const asked = {
  name,
  scopes: {
    description: 'All scopes that the client can ask for. They replace the former ones.',
    ...scopes,
    uniqueItems: false,
  },
  jwks: { description: 'Public keys, 1 to 8 of them (RFC 7517, section 5). They replace the former ones.' },
};

const coordinate = (description: string) => ({ description, ...keyPart });

/** The bodies of the routes under `/admin/clients`. */
export const clientSchemas: Record<string, SchemaProse> = {
  Client: {
    description: 'A program that gets access tokens in its own name. Nothing here can be used as a secret.',
    properties: {
      client_id,
      name,
      scopes: { description: 'The scopes that the client can ask for, sorted.', ...scopes },
      jwks: { description: 'The public keys of the client. `null` if it has none.' },
      secrets: { description: 'The secrets of the client, oldest first.', maxItems: 2 },
      created_on: { description: 'When the client was made.', ...instant },
      disabled_on: { description: 'When the client was disabled. `null` if it is not.', ...instant },
      last_used_on: { description: 'When the client last got an access token, to the hour.', ...instant },
      last_refused_on: { description: 'When somebody last failed to be the client, to the minute.', ...instant },
    },
  },
  ClientSecret: {
    description: 'A secret of a client, without the secret itself.',
    properties: {
      secret_id: { description: 'The id to delete it by.', ...uuid },
      created_on: { description: 'When it was made.', ...instant },
    },
  },
  ClientKeys: {
    description: 'A JWK set (RFC 7517, section 5).',
    properties: { keys: { description: 'The public keys of a client.', minItems: 1, maxItems: 8 } },
  },
  ClientKey: {
    description: 'A public key of a client. Members that are not needed were dropped.',
    properties: {
      kid: {
        description: 'The id of the key, which the header of an assertion names.',
        pattern: String.raw`^[\x21-\x7e]+$`,
        maxLength: 128,
      },
      kty: { description: 'The key type.' },
      alg: { description: 'The algorithm of its signatures.' },
      use: { description: 'What the key is for: signatures.' },
      crv: { description: 'The curve of EC and OKP.', ...keyPart },
      x: coordinate('A coordinate of EC and OKP.'),
      y: coordinate('A coordinate of EC.'),
      n: { description: 'The modulus of RSA.', pattern: String.raw`^[\w-]+$`, maxLength: 683 },
      e: { description: 'The exponent of RSA.', ...keyPart },
    },
  },
  SentKeys: {
    description: 'A JWK set (RFC 7517, section 5).',
    properties: { keys: { description: 'Public keys, each with a `kid` of its own.' } },
  },
  SentKey: {
    description:
      'A public key as a JWK (RFC 7517, section 4): EC with the curve P-256, OKP with Ed25519, or RSA with 2048 to 4096 bits. It has a `kid`. Members that are not needed are dropped.',
    maxProperties: 32,
  },
  ClientsResponse: {
    description: 'A page of clients.',
    properties: {
      status,
      data: { description: 'The clients.', maxItems: 100 },
      next: { description: 'Send it as `after` to go on. `null` at the end.', ...line(300) },
    },
  },
  CreateClientRequest: {
    description: 'The client to make. Only the name is needed.',
    properties: {
      ...asked,
      client_id: {
        ...client_id,
        description:
          'The id of the client. Without it, the service makes one. It is no UUID, and neither `first-party` nor `api-key`.',
      },
      jwks: { ...asked.jwks, description: `${asked.jwks.description} A client that begins with keys has no secret.` },
    },
  },
  ClientCreated: {
    description: 'The client that was made.',
    properties: {
      status,
      message,
      client_secret: {
        ...client_secret,
        description: `${client_secret.description} \`null\` if the client has public keys.`,
      },
      data,
    },
  },
  ClientResponse: { description: 'A client.', properties: { status, data } },
  ChangeClientRequest: {
    description: 'What is to change. All other fields stay as they are.',
    properties: {
      ...asked,
      jwks: { ...asked.jwks, description: `${asked.jwks.description} \`null\` takes all of them away.` },
      disabled: { description: 'Whether the client is disabled: it gets no access tokens, and has none.' },
    },
  },
  ClientChanged: {
    description: 'The client as it is now.',
    properties: { status, message, changed: { description: 'Whether anything had to be changed.' }, data },
  },
  ClientSecretCreated: {
    description: 'The secret that was made.',
    properties: { status, message, client_secret, data },
  },
  ClientSecretDeleted: { description: 'The secret is gone.', properties: { status, message, data } },
};
