import { readFileSync } from 'node:fs';
import { refusals, type RefusalCode } from '../../src/errors.ts';
import { line } from './prose/fields.ts';
import { headers } from './prose/headers.ts';
import type { Schema } from './raw-document.ts';

/** The shape of a refusal under `/oauth/` (RFC 6749, section 5.2): its names of errors. */
export const oauthErrors = {
  invalid_request: 'The request is not what the route takes.',
  invalid_client: 'The client is not known, or its secret is wrong.',
  invalid_grant: 'The refresh token is wrong, used or too old.',
  invalid_scope: 'The scope names one that the client, user or API key does not have. No token was issued.',
  invalid_target: 'The resource is none of this service (RFC 8707).',
  unauthorized_client: 'The client may not do this.',
  unsupported_grant_type: 'The service does not have this grant.',
  temporarily_unavailable: 'The service cannot respond now. `Retry-After` says when to repeat the request.',
  server_error: 'A fault of the service.',
};

const description = 'A sentence for people. It may change.';
const message = { type: 'string', description, ...line(256) };

const fieldError = {
  type: 'object',
  description: 'What is wrong with one field.',
  properties: {
    path: { type: 'string', description: 'The field; dots lead into objects.', ...line(256) },
    message: { type: 'string', description: 'What the field must be. It never repeats the value.', ...line(512) },
  },
  required: ['path', 'message'],
};

const errors = {
  type: 'array',
  description: 'Each wrong field.',
  items: { $ref: '#/components/schemas/FieldError' },
  minItems: 1,
  maxItems: 64,
};

/** What `insufficient_user_authentication` says beside its code (RFC 9470, section 3). */
const stepUp = {
  max_age: {
    type: 'integer',
    description: 'The route wants an authentication in the last so many seconds.',
    format: 'int32',
    minimum: 600,
    maximum: 600,
  },
  acr_values: {
    type: ['string', 'null'],
    description: '`aal2` when the route wants a second factor of this user, and otherwise `null`.',
    enum: ['aal2', null],
  },
};

/** `invalid_credentials` -> `InvalidCredentials`: the name of the schema of a code. */
export const pascalCase = (words: string) =>
  words.replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());

export const oauthName = (error: string) => `OAuth${pascalCase(error)}`;

export const isCode = (text: unknown): text is RefusalCode => typeof text === 'string' && Object.hasOwn(refusals, text);

/** The schema of each refusal, by its name. */
export function describeRefusals(): Record<string, Schema> {
  const when = readWhen();
  const ofService = Object.keys(refusals).filter(isCode);
  return {
    FieldError: fieldError,
    ...Object.fromEntries(ofService.map((code) => [pascalCase(code), describeRefusal(code, when.get(code))])),
    ...Object.fromEntries(
      Object.entries(oauthErrors).map(([error, text]) => [oauthName(error), oauthError(error, text)]),
    ),
  };
}

function describeRefusal(code: RefusalCode, when = ''): Schema {
  return {
    type: 'object',
    description: `Status ${refusals[code].status}: ${when}.`,
    properties: {
      status: { type: 'string', const: 'fail', description: 'Always `fail`: the request was refused.' },
      code: { type: 'string', const: code, description: 'What programs switch on.' },
      message: { ...message, examples: [refusals[code].message] },
      request_id: { ...headers['X-Request-Id'].schema, description: 'The same as `X-Request-Id`.' },
      ...(code === 'invalid_request' && { errors }),
      ...(isStepUp(code) && stepUp),
    },
    required: ['status', 'code', 'message', 'request_id', ...(isStepUp(code) ? Object.keys(stepUp) : [])],
  };
}

const isStepUp = (code: RefusalCode) => code === 'insufficient_user_authentication';

function oauthError(error: string, text: string): Schema {
  return {
    type: 'object',
    description: text,
    properties: {
      error: { type: 'string', const: error, description: 'What programs switch on (RFC 6749, section 5.2).' },
      error_description: { ...message, maxLength: 1024 },
    },
    required: ['error', 'error_description'],
  };
}

/** When each code comes, in the words of docs/reference/errors.md, without links. */
function readWhen(): Map<string, string> {
  const rows = readFileSync('docs/reference/errors.md', 'utf8').matchAll(
    /^\| `(\w+)` +\| \d{3} +\|[^|]+\| (.+?) +\|$/gm,
  );
  return new Map(
    Array.from(rows, ([, code = '', when = '']) => [code, when.replaceAll(/\[([^\]]+)\]\([^)]+\)/g, '$1')]),
  );
}

/** An example of the response that refuses with `code`. */
export function exampleOf(code: RefusalCode) {
  return {
    status: 'fail',
    code,
    message: refusals[code].message,
    request_id: headers['X-Request-Id'].example,
    ...(code === 'invalid_request' && { errors: [{ path: 'password', message: 'Is missing.' }] }),
    ...(isStepUp(code) && { max_age: 600, acr_values: 'aal2' }),
  };
}
