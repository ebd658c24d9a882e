import { sessionId, userId } from './examples.ts';
import { uuid } from './fields.ts';

/** The id of a request, which the log has too. */
const requestId = { type: 'string', pattern: '^[A-Za-z0-9_=-]+$', minLength: 1, maxLength: 128 };

const etag = { type: 'string', pattern: '^(W/)?"[^"]+"$', maxLength: 128 };

const REQUEST_ID = '5e9eb61c-4f65-422a-bcc0-c904493c9922';

const ETAG = '"b1946ac92492d2347c6235b4d2611184"';

/** The headers of responses, by name. */
export const headers = {
  'X-Request-Id': {
    description: 'The id of the request: yours, or a new one. Quote it when you ask the operator.',
    required: true,
    schema: requestId,
    example: REQUEST_ID,
  },
  'Cache-Control': {
    description: 'Nobody may keep the response.',
    required: true,
    schema: { type: 'string', const: 'no-store' },
    example: 'no-store',
  },
  'Access-Control-Allow-Origin': {
    description: 'The origin of the page that may read the response, or `*`. Absent if the page may not.',
    required: false,
    schema: { type: 'string', pattern: String.raw`^(\*|[a-z][a-z0-9+.-]*://[^\s/]+)$`, maxLength: 2048 },
    example: 'https://app.example.org',
  },
  'WWW-Authenticate': {
    description: 'How to authenticate: RFC 6750, section 3, and RFC 9470 for access tokens; RFC 7617 for clients.',
    required: true,
    schema: { type: 'string', pattern: '^(Bearer|Basic) realm="latchkey"', maxLength: 256 },
    example: 'Bearer realm="latchkey"',
  },
  'Retry-After': {
    description: 'The seconds to wait before you repeat the request.',
    required: true,
    schema: { type: 'integer', format: 'int32', minimum: 1, maximum: 3600 },
    example: 5,
  },
  Allow: {
    description: 'The methods that the path has.',
    required: true,
    schema: { type: 'string', pattern: '^[A-Z]+(, [A-Z]+)*$', maxLength: 64 },
    example: 'GET, HEAD',
  },
  ETag: {
    description:
      'The version of what the response shows. Send it as `If-None-Match` when you ask again, or of a user as `If-Match` with a change.',
    required: true,
    schema: etag,
    example: ETAG,
  },
  'Content-Disposition': {
    description: 'Makes a browser save the response as a file.',
    required: true,
    schema: { type: 'string', pattern: '^attachment; filename="[a-z.]+"$', maxLength: 64 },
    example: 'attachment; filename="account.json"',
  },
  'X-Kind': {
    description: 'Whose the token is: `user` or `machine`.',
    required: true,
    schema: { type: 'string', enum: ['user', 'machine'] },
    example: 'user',
  },
  'X-Client-Id': {
    description: 'The client that the token was issued to: `first-party` for people, `api-key` for their API keys.',
    required: true,
    schema: { type: 'string', pattern: String.raw`^\w[\w.-]{0,63}$`, maxLength: 64 },
    example: 'first-party',
  },
  'X-Scopes': {
    description: 'The scopes of the token, with spaces between them. Empty without scopes.',
    required: true,
    schema: { type: 'string', pattern: String.raw`^([\w:./-]+( [\w:./-]+)*)?$`, maxLength: 1024 },
    example: 'api',
  },
  'X-User-Id': {
    description: 'The id of the user. Absent for a machine.',
    required: false,
    schema: { type: 'string', ...uuid },
    example: userId,
  },
  'X-Roles': {
    description: 'The roles of the user, comma-separated. Empty without roles, absent for a machine.',
    required: false,
    schema: { type: 'string', pattern: '^([a-z0-9:_-]{1,64}(,[a-z0-9:_-]{1,64})*)?$', maxLength: 2200 },
    example: 'editor,support',
  },
  'X-Session-Id': {
    description: 'The id of the session. Only a person has one.',
    required: false,
    schema: { type: 'string', ...uuid },
    example: sessionId,
  },
  'X-Key-Id': {
    description: 'The id of the API key. Absent without one.',
    required: false,
    schema: { type: 'string', pattern: '^[0-9A-Za-z]{16}$', minLength: 16, maxLength: 16 },
    example: '4dXk2pQ9sVb7LmRa',
  },
} as const;

/** In the place of `Cache-Control`, where caches may keep the response. */
export const cacheable = {
  description: 'Any cache may keep the response, for so many seconds.',
  required: true,
  schema: { type: 'string', pattern: String.raw`^public, max-age=\d+$`, maxLength: 32 },
  example: 'public, max-age=600',
} as const;

/** Headers of requests, as parameters. */
export const requestHeaders = {
  RequestId: {
    name: 'X-Request-Id',
    in: 'header',
    required: false,
    description: 'An id of your own for the request. Another one than the schema allows is replaced.',
    schema: requestId,
    example: REQUEST_ID,
  },
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    required: false,
    description: 'The `ETag` of the response that you have.',
    schema: { ...etag, maxLength: 1024 },
    example: ETAG,
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    required: false,
    description: 'The `ETag` of the user that you have read. If the user has changed since, the change is refused.',
    schema: { type: 'string', pattern: String.raw`^(\*|"[^"]+"(, *"[^"]+")*)$`, maxLength: 1024 },
    example: ETAG,
  },
} as const;
