import { describe, expect, it } from 'vitest';
import page from '../../docs/reference/routes.md?raw';
import { createApp } from '../../src/http/app.ts';
import { emptyTables, sql } from '../support/database.ts';
import { declaredRoutes } from '../support/declared-routes.ts';
import { lawfulRequest, send } from '../support/lawful-requests.ts';
import { joe, startService, tokensOf } from '../support/service.ts';
import { wire } from '../../src/wire.ts';

const app = createApp(wire);
const routes = app.openAPIRegistry.definitions.flatMap((definition) =>
  definition.type === 'route' ? [definition.route] : [],
);
const named = routes.map(({ method, path, security }) => ({ method: method.toUpperCase(), path, security }));

/** The guards of the reference, and how OpenAPI declares them. */
const security: Record<string, object[]> = {
  anyone: [],
  token: [{ accessToken: [] }],
  user: [{ accessToken: [] }],
  'user, or a refresh token': [{ accessToken: [] }, {}],
  'a token of a mail, or user': [{ accessToken: [] }, {}],
  'user, or a challenge token': [{ accessToken: [] }, {}],
  client: [{ client: [] }],
  'client, or a token in the form': [{}, { client: [] }],
  administrator: [{ operatorToken: [] }, { accessToken: [] }],
};

/** The rows of the reference: what its first column calls routes, and its second column the guard. */
const documented = Array.from(
  (page.split('\n## ')[0] ?? '').matchAll(/^\| (`[A-Z]+ [^|]+) \| ([^|]+?) +\|/gm),
  ([, paths = '', guard = '']) =>
    Array.from(paths.matchAll(/`([^`]+)`/g), ([, route]) => ({ route, guard, security: security[guard] })),
).flat();

it('says of every route who may call it, as the reference does', () => {
  const declared = named.map(({ method, path, security }) => ({ route: `${method} ${path}`, security }));
  const byRoute = (a: { route?: string | undefined }, b: typeof a) => String(a.route).localeCompare(String(b.route));
  const expected = documented.map(({ route, security }) => ({ route, security }));
  expect(declared.toSorted(byRoute)).toEqual(expected.toSorted(byRoute));
});

/** Whether a route takes the code of a mail with an access token. Instead, it takes the token of the mail. */
const isOfMail = ({ path }: { path: string }) =>
  documented.some((row) => row.route === `POST ${path}` && row.guard === 'a token of a mail, or user');
const withCode = { code: '31415926' };

/** Whether a route takes a challenge token in the body, in place of an access token. */
const isOfEnroller = ({ method, path }: { method: string; path: string }) =>
  documented.some((row) => row.route === `${method} ${path}` && row.guard === 'user, or a challenge token');

it('asks the database on user routes, and KV alone on token routes', async () => {
  for (const route of declaredRoutes.filter(({ guard }) => guard === 'accessToken')) {
    await emptyTables();
    const { register, call } = startService();
    const { access, refresh } = tokensOf(await register());
    await sql('UPDATE sessions SET revoked_at = 1');
    const others = { current_password: joe.password, id: crypto.randomUUID() };
    const values = { ...joe, ...others, refresh_token: refresh, token: access };
    const parts = lawfulRequest(route, values, access);
    const { path, init } = send(isOfMail(route) ? { ...parts, fields: withCode } : parts);
    const { status, body } = await call(path, init);
    const outcome = typeof body['code'] === 'string' ? `${status} ${body['code']}` : String(status);
    const guard = documented.find((row) => row.route === route.name)?.guard;
    const success = String(Math.min(...route.responses.keys()));
    expect(outcome, route.name).toBe(guard === 'token' ? success : '401 revoked_token');
  }
});

it('serves no route that it does not declare', () => {
  const served = app.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`);
  const declared = named.map(({ method, path }) => `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`);
  expect([...new Set(served)]).toEqual(declared);
});

const guardedBy = (scheme: string) => named.filter(({ security }) => security?.some((guard) => scheme in guard));

/** A body that the guard can read. */
function bodyFor(route: { method: string; path: string }): string | null {
  if (isOfMail(route)) return JSON.stringify(withCode);
  return isOfEnroller(route) ? '{}' : null;
}

describe.each(guardedBy('accessToken'))('$method $path', ({ method, path }) => {
  const { call } = startService();

  it('refuses a request without a token or with a wrong one', async () => {
    const type = { 'content-type': 'application/json' };
    const body = bodyFor({ method, path });
    const without = await call(path, { method, headers: type, body });
    expect([401, 403]).toContain(without.status);
    expect(without.body['message']).toBe('Provide a valid auth token.');
    const wrong = await call(path, { method, headers: { ...type, authorization: 'Bearer a.b.c' }, body });
    expect(wrong).toMatchObject({ status: 401, body: { code: 'invalid_token' } });
  });
});

it.each(guardedBy('client').filter(({ security }) => security?.length === 1))(
  '$method $path refuses a request without a client or with a wrong secret',
  async ({ method, path }) => {
    const { call } = startService({ env: { OAUTH_CLIENTS: `api:${'A'.repeat(43)}` } });
    const body = new URLSearchParams({ token: 'a.b.c' });
    for (const headers of [{}, { authorization: `Basic ${btoa('api:wrong')}` }, { authorization: 'Bearer a.b.c' }]) {
      expect(await call(path, { method, headers, body })).toMatchObject({
        status: 401,
        body: { error: 'invalid_client' },
      });
    }
  },
);
