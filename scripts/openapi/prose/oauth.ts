import { accessToken, apiKey, claims, clientId, grant, machineClaims, metadata, refreshToken } from './examples.ts';
import type { OperationProse, Operations } from './operation-prose.ts';

const tokenForm = {
  schema: 'TokenForm',
  description: 'The token, and the credentials of the client if they are not in the header.',
  examples: { token: { token: accessToken, token_type_hint: 'access_token' } },
};

const metadataAs = (operationId: string, description: string): OperationProse => ({
  operationId,
  tag: 'Discovery',
  who: 'anyone',
  description,
  examples: { 200: { metadata } },
  isCacheable: true,
});

/** What other services ask, and what libraries read. */
export const oauth: Operations = {
  'POST /oauth/token': {
    operationId: 'getToken',
    tag: 'OAuth',
    who: 'client, or a token in the form',
    description:
      'Gives a client an access token in its own name (RFC 6749, section 4.4), continues a session by its refresh token (section 6), or exchanges an API key for an access token (RFC 8693). Only a client has to authenticate. A `scope` beyond what there is gets `invalid_scope`, and no token.',
    request: {
      schema: 'GrantForm',
      description: 'What to grant, and the credentials of a client if they are not in the header.',
      examples: {
        refreshToken: { grant_type: 'refresh_token', refresh_token: refreshToken },
        clientCredentials: { grant_type: 'client_credentials', scope: 'reports:read' },
        apiKey: {
          grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
          subject_token: apiKey,
          subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
        },
        secretInForm: { grant_type: 'client_credentials', client_id: clientId, client_secret: 'c2VjcmV0' },
      },
    },
    examples: {
      200: {
        clientCredentials: grant,
        refreshed: { ...grant, scope: 'api', refresh_token: refreshToken },
        exchanged: { ...grant, issued_token_type: 'urn:ietf:params:oauth:token-type:access_token' },
      },
    },
  },
  'POST /oauth/introspect': {
    operationId: 'introspect',
    tag: 'OAuth',
    who: 'client',
    description:
      'Says whether an access token or an API key would be accepted now, and what it says (RFC 7662). It asks the database and the denylist. A client of the database needs the scope `latchkey:introspect`. Only the token of a person has a `sid`: look at that, and not at `kind`, before you take the bearer for a person. Check `scope` before you let in a program. Anything else is inactive, a refresh token too.',
    request: tokenForm,
    examples: {
      200: {
        active: { active: true, token_type: 'Bearer', kind: 'user', ...claims },
        machine: { active: true, token_type: 'Bearer', kind: 'machine', ...machineClaims },
        inactive: { active: false },
      },
    },
  },
  'POST /oauth/revoke': {
    operationId: 'revoke',
    tag: 'OAuth',
    who: 'client',
    description:
      'Ends the session of an access token or a refresh token (RFC 7009). An access token without a session ends alone, and an API key with all that it was exchanged for. A client of the database may revoke what is its own. For anything else it needs the scope `latchkey:revoke`. A token that is not ours, or is over, gets the same response.',
    request: tokenForm,
  },
  'GET /.well-known/jwks.json': {
    operationId: 'getPublicKeys',
    tag: 'Discovery',
    who: 'anyone',
    description:
      'The public keys that verify access tokens. Keep them by `kid`, and ask again when you meet a `kid` that you do not know. A verifier with the keys alone does not hear of revocations.',
    examples: {
      200: {
        keys: {
          keys: [
            {
              kty: 'EC',
              crv: 'P-256',
              kid: 'dANP1aqQ',
              alg: 'ES256',
              use: 'sig',
              x: '-7nl_tAjXWtNYZIlnzSZY2qQjFgOMuw5_ljDGMyWFoQ',
              y: 'uOdUyxUrwJSKZVp5cKeuBZuQdzAi6hOxIi6bxYgD8-Y',
            },
          ],
        },
      },
    },
    isCacheable: true,
  },
  'GET /.well-known/oauth-authorization-server': metadataAs(
    'getServerMetadata',
    'Where the keys and the OAuth endpoints are, and how clients authenticate (RFC 8414). There is no authorization endpoint, so no response type is supported.',
  ),
  'GET /.well-known/openid-configuration': metadataAs(
    'getOpenIdConfiguration',
    'The same document as `/.well-known/oauth-authorization-server`. Many libraries look for the keys of an issuer here only.',
  ),
  'GET /openapi.json': {
    operationId: 'getOpenApi',
    tag: 'Reference',
    who: 'anyone',
    description: 'This document. Pages of every origin may read it.',
    response: 'OpenApiDocument',
    examples: { 200: { document: { openapi: '3.1.0' } } },
    isCacheable: true,
  },
  'GET /docs': {
    operationId: 'getReference',
    tag: 'Reference',
    who: 'anyone',
    description: 'This document as a page for people, which runs no script.',
    response: 'Page',
    examples: { 200: { page: '<!doctype html><title>Latchkey</title>' } },
    isCacheable: true,
  },
};
