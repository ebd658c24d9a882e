import * as fc from 'fast-check';
import { type DeclaredRoute, declaredRoutes } from './declared-routes.ts';
import { type HostileBody, hostileBody } from './hostile-bodies.ts';
import { type HostileHeaders, hostileHeaders } from './hostile-headers.ts';
import { arbitraryPath, hostilePath } from './hostile-paths.ts';
import { type Account, CANARY } from './hostile-text.ts';

/** A request that must change nothing. */
export type HostileRequest = {
  method: string;
  path: string;
  headers: HostileHeaders;
  body: HostileBody | undefined;
};

/** Generates requests to `route` or to a path that looks like it. */
export function hostileRequest(route: DeclaredRoute, account: Account): fc.Arbitrary<HostileRequest> {
  const own = { weight: 9, arbitrary: fc.constant(route.method) };
  return fc
    .record({
      method: fc.oneof(own, { weight: 1, arbitrary: fc.constantFrom(...METHODS) }),
      path: hostilePath(route.path, route.fields, account),
      headers: hostileHeaders(route, account),
      body: fc.option(hostileBody(route, account), { freq: 12, nil: undefined }),
    })
    .map((request) => readable(disarm(request, account)));
}

/** Generates requests of any method to any path, with the headers and body of some route. */
export function arbitraryRequest(account: Account): fc.Arbitrary<HostileRequest> {
  const words = [...new Set(declaredRoutes.flatMap(({ path }) => path.split('/')))];
  return fc.constantFrom(...declaredRoutes).chain((route) =>
    fc
      .record({
        method: fc.constantFrom(...METHODS),
        path: fc.oneof(
          { weight: 3, arbitrary: arbitraryPath(words, account) },
          { weight: 1, arbitrary: hostilePath(route.path, route.fields, account) },
        ),
        headers: hostileHeaders(route, account),
        body: fc.option(hostileBody(route, account), { freq: 4, nil: undefined }),
      })
      .map((request) => readable(disarm(request, account))),
  );
}

/** The methods that Workers accept. */
const METHODS = 'GET HEAD POST PUT PATCH DELETE OPTIONS OPTIONS TRACE QUERY PROPFIND PURGE'.split(' ');

/**
 * Shortens valid tokens, so that the request cannot succeed. Tokens whose last character differs count as valid,
 * because not every bit of it matters. Requests that only read, or that are refused anyway, keep those of the session.
 */
function disarm(request: HostileRequest, { access, refresh, mailed }: Account): HostileRequest {
  const armed = isHarmless(request) ? mailed : [access, refresh, ...mailed];
  const cut = (text: string) =>
    armed.reduce((text, token) => text.replaceAll(token.slice(0, -1), token.slice(0, -5)), text);
  return {
    ...request,
    headers: request.headers.map(([name, value]) => [name, cut(value)]),
    body: request.body && { ...request.body, text: cut(request.body.text) },
  };
}

function isHarmless({ method, path }: HostileRequest): boolean {
  if (['GET', 'HEAD', 'OPTIONS'].includes(method)) return true;
  // No text that the tests generate is the id of a user or of a client, a new address or a name, and only operators end all
  // sessions.
  if (path.startsWith('/admin/')) return true;
  // No text that the tests generate is the password, or the code of a mail. The address has had its mails.
  if (path === '/auth/user' || path === '/auth/password' || path.startsWith('/auth/email')) return true;
  // The account has no second factor, and no text is the id of a passkey, a code or a challenge token.
  if (path === '/auth/reauthenticate' || path.startsWith('/auth/factors')) return true;
  if (method === 'DELETE') return path.startsWith('/auth/sessions/') || path.startsWith('/auth/keys/');
  return path.startsWith('/oauth/introspect') || path.startsWith(`/auth/logout?scope=${CANARY}`);
}

/** Makes fast-check print a short description of a counterexample. */
function readable(request: HostileRequest): HostileRequest {
  return Object.defineProperty(request, fc.toStringMethod, { value: () => describeRequest(request) });
}

/** Describes a request, with its long parts shortened. */
export function describeRequest({ method, path, headers, body }: HostileRequest): string {
  const brief = (text: string) => (text.length <= 300 ? text : `${text.slice(0, 300)}… (${text.length} characters)`);
  const lines = headers.map(([name, value]) => `${name}: ${brief(value)}`);
  const odd = body === undefined || body.oddBytes.length === 0 ? '' : `, with the bytes ${body.oddBytes.join(' ')}`;
  const length = body?.isMeasured === true ? ', length announced' : '';
  const sent = body && `body ${body.sent}${length}${odd}: ${brief(body.text)}`;
  return JSON.stringify([`${method} ${brief(path)}`, ...lines, sent], null, 1);
}
