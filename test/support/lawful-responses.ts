import { refusals } from '../../src/errors.ts';
import { decodePath, findDeclared } from './declared-routes.ts';
import { findUndescribed } from './described-responses.ts';
import { ORIGIN } from './hostile-headers.ts';

/** A request and its response, whose body is `text`. */
export type Exchange = { method: string; url: string; response: Response; text: string };

const rows: Record<string, { status: number; message: string }> = refusals;
const statuses = new Set(Object.values(rows).map(({ status }) => status));

/** Finds the faults of a response, whatever the request was. */
export function findFaults({ method, url, response, text }: Exchange): string[] {
  const path = decodePath(new URL(url).pathname);
  const { status, headers } = response;
  const declared = findDeclared(method === 'HEAD' ? 'GET' : method, path)?.responses;
  const isPreflight = method === 'OPTIONS' && status === 204;
  const isGranted = isPreflight || (status < 400 && declared?.has(status) === true);
  const body = bodyOf(text);
  const isWellKnown = path.startsWith('/.well-known/');
  const isOfReference = ['/openapi.json', '/docs', '/docs.css'].includes(path);
  const isOfPage = ['/', '/playground.js', '/playground.css'].includes(path) || path.startsWith('/account/');
  const faults = faultsOfHeaders(response, {
    caching: isGranted && !isPreflight ? cachingOf({ isPublic: isWellKnown || isOfReference, isOfPage }) : NO_STORE,
    readers: isWellKnown || ['/health', '/openapi.json'].includes(path) ? '*' : ORIGIN,
  });
  if (status >= 500) faults.push('is an error of the service');
  for (const fault of findUndescribed({ method, url, status, headers, text }))
    faults.push(`has what assets/openapi.json does not describe: ${fault}`);

  if (method === 'HEAD' || isPreflight) {
    if (text !== '') faults.push('has a body');
    if (!isGranted && !statuses.has(status)) faults.push('has a status that no refusal has');
  } else if (isGranted && body?.['status'] !== 'fail') {
    const schema = declared?.get(status);
    const value = headers.get('content-type') === 'application/json' ? body : text;
    const isDeclared = schema === undefined ? text === '' : schema.safeParse(value).success;
    if (!isDeclared) faults.push('does not match the schema that its route declares');
  } else {
    if (headers.get('content-type') !== 'application/json') faults.push('is a refusal that is not JSON');
    const isOAuth = path.startsWith('/oauth/') && body?.['status'] === undefined;
    if (!(isOAuth ? isOAuthError(body, status) : isRow(body, response)))
      faults.push('is not a refusal that errors.ts has');
  }
  return faults;
}

const NO_STORE = /^no-store$/;

function cachingOf({ isPublic, isOfPage }: { isPublic: boolean; isOfPage: boolean }): RegExp {
  if (isOfPage) return /^no-cache$/;
  return isPublic ? /^public, max-age=\d+$/ : NO_STORE;
}

function faultsOfHeaders(
  { status, headers }: Response,
  { caching, readers }: { caching: RegExp; readers: string },
): string[] {
  const is = (name: string, pattern: RegExp) => pattern.test(headers.get(name) ?? '');
  const origin = headers.get('access-control-allow-origin');
  const isRight = {
    'x-request-id': is('x-request-id', /^[\w=-]{1,128}$/),
    'x-content-type-options': is('x-content-type-options', /^nosniff$/),
    'cache-control': is('cache-control', caching),
    'access-control-allow-origin': origin === null || origin === readers,
    'access-control-allow-credentials': !headers.has('access-control-allow-credentials'),
    'set-cookie': !headers.has('set-cookie'),
    'www-authenticate': status !== 401 || is('www-authenticate', /^(Bearer|Basic) realm="latchkey"/),
    allow: status !== 405 || is('allow', /^[A-Z]+(, [A-Z]+)*$/),
  };
  return Object.entries(isRight).flatMap(([name, isRight]) => (isRight ? [] : [`has a wrong ${name}`]));
}

/** Whether `body` is the envelope of a refusal in `errors.ts`. */
function isRow(body: Record<string, unknown> | undefined, { status, headers }: Response): boolean {
  const { status: word, code, message, request_id: id, errors = [], ...others } = body ?? {};
  const row = typeof code === 'string' && Object.hasOwn(rows, code) ? rows[code] : undefined;
  const isOfRow = row !== undefined && row.status === status && row.message === message;
  const isOfRequest = word === 'fail' && id === headers.get('x-request-id');
  return isOfRow && isOfRequest && areFieldErrors(errors) && Object.keys(others).length === 0;
}

function areFieldErrors(errors: unknown): boolean {
  if (!Array.isArray(errors)) return false;
  return errors.every((error: unknown) => {
    const { path, message, ...others }: Record<string, unknown> = { ...Object(error) };
    return typeof path === 'string' && typeof message === 'string' && Object.keys(others).length === 0;
  });
}

/** The errors of RFC 6749, section 5.2, and RFC 8707, section 2, by their status. Any other status has `invalid_request`. */
const OAUTH_ERRORS: Record<number, string[]> = {
  400: 'invalid_request invalid_grant invalid_scope invalid_target unauthorized_client unsupported_grant_type'.split(
    ' ',
  ),
  401: ['invalid_client'],
};

/** Whether `body` is an error response of RFC 6749, section 5.2. */
function isOAuthError(body: Record<string, unknown> | undefined, status: number): boolean {
  const { error, error_description: description, ...others } = body ?? {};
  const isKnown = typeof error === 'string' && (OAUTH_ERRORS[status] ?? ['invalid_request']).includes(error);
  const isStatus = [400, 401, 405, 413, 415].includes(status);
  return isKnown && isStatus && typeof description === 'string' && Object.keys(others).length === 0;
}

function bodyOf(text: string): Record<string, unknown> | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body } : undefined;
  } catch {
    return undefined;
  }
}
