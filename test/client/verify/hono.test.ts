import { type Context, Hono } from 'hono';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  type CallerEnv,
  requireCaller,
  requireRole,
  requireScope,
  requireUser,
  type UserEnv,
} from '../../../packages/client/src/hono.ts';
import type { Verifier } from '../../../packages/client/src/verify.ts';
import {
  asIfUser,
  bearers,
  carriers,
  lacking,
  lackingScope,
  malformed,
  malformedHeaders,
  met,
  missing,
  noRoles,
  noScopes,
  otherSchemes,
  peopleOnly,
  read,
  refusals,
  unavailable,
  unmet,
  user,
  verdictOf,
} from './responses.ts';

function start(verifier: Verifier, onUnavailable?: (cause: Error) => void) {
  const app = new Hono();
  const options = onUnavailable === undefined ? {} : { onUnavailable };
  app.get('/me', requireUser(verifier, options), (c) => c.json({ user: c.var.user }));
  return (authorization?: string) =>
    app.request('/me', authorization === undefined ? {} : { headers: { authorization } });
}

describe('requireUser for Hono', () => {
  afterEach(() => void vi.restoreAllMocks());

  it.each(carriers)('lets in the user of %j, and asks about its token', async (header, token) => {
    const { verifier, asked } = verdictOf({ active: true, claims: user });
    const response = await start(verifier)(header);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ user });
    expect(asked).toEqual([token]);
  });

  it.each(otherSchemes)('responds to the header %j with 401 and names no error', async (header) => {
    const { verifier, asked } = verdictOf({ active: true, claims: user });
    expect(await read(await start(verifier)(header))).toEqual(missing);
    expect(asked).toEqual([]);
  });

  it.each(malformedHeaders)('responds to the header %j with 400', async (header) => {
    const { verifier, asked } = verdictOf({ active: true, claims: user });
    expect(await read(await start(verifier)(header))).toEqual(malformed);
    expect(asked).toEqual([]);
  });

  it.each(refusals)('responds to %j with 401', async (verdict, expected) => {
    expect(await read(await start(verdictOf(verdict).verifier)('Bearer a.b.c'))).toEqual(expected);
  });

  it.each(bearers.slice(1))('refuses %s, whatever the verifier says', async (_, claims) => {
    const { verifier, scopes } = verdictOf({ active: true, claims: asIfUser(claims) });
    expect(await read(await start(verifier)('Bearer a.b.c'))).toEqual(peopleOnly);
    expect(scopes).toEqual([undefined]);
    const heard: unknown[] = [];
    const refusing = verdictOf({ active: false, code: 'user_required' }).verifier;
    const app = new Hono().use(requireUser(refusing, { onRefused: (refusal) => void heard.push(refusal) }));
    expect(await read(await app.request('/', { headers: { authorization: 'Bearer a.b.c' } }))).toEqual(peopleOnly);
    expect(heard).toEqual([{ code: 'user_required' }]);
  });

  it('responds with 503 when nobody can tell, and tells the operator why', async () => {
    const cause = new Error('the secret is wrong');
    const { verifier } = verdictOf({ active: false, code: 'unavailable', cause });
    const print = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(await read(await start(verifier)('Bearer a.b.c'))).toEqual(unavailable);
    expect(print.mock.calls).toEqual([['Access tokens cannot be checked.', cause]]);

    const heard: Error[] = [];
    expect(await read(await start(verifier, (each) => heard.push(each))('Bearer a.b.c'))).toEqual(unavailable);
    expect(heard).toEqual([cause]);
    expect(print).toHaveBeenCalledOnce();
  });

  it('protects all routes of an app, and those in front of it stay open', async () => {
    const { verifier } = verdictOf({ active: true, claims: user });
    const app = new Hono<UserEnv>();
    app.get('/open', (c) => c.text('open'));
    app.use(requireUser(verifier));
    app.get('/me', (c) => c.text(c.var.user.sub));
    expect(await (await app.request('/open')).text()).toBe('open');
    expect((await app.request('/me')).status).toBe(401);
    expect((await app.request('/nowhere')).status).toBe(401);
    expect(await (await app.request('/me', { headers: { authorization: 'Bearer a.b.c' } })).text()).toBe(user.sub);
  });

  it('makes the verifier for the request, as from a binding, when it is given a function', async () => {
    type Bindings = { LATCHKEY: Verifier };
    const app = new Hono<{ Bindings: Bindings }>();
    const fromBinding = requireUser((c: Context<{ Bindings: Bindings }>) => c.env.LATCHKEY);
    app.get('/me', fromBinding, (c) => c.text(c.var.user.sub));
    const { verifier, asked } = verdictOf({ active: true, claims: user });
    const request = (headers: Record<string, string>) => app.request('/me', { headers }, { LATCHKEY: verifier });
    expect(await (await request({ authorization: 'Bearer a.b.c' })).text()).toBe(user.sub);
    expect((await request({})).status).toBe(401);
    expect(asked).toEqual(['a.b.c']);
  });

  it('gives what that function throws to the error handler of the app', async () => {
    const app = new Hono();
    app.onError((error, c) => c.text(error.message, 500));
    const bug = requireUser(() => {
      throw new TypeError('audience must be a text that is not empty.');
    });
    app.get('/me', bug, (c) => c.text('let in'));
    const response = await app.request('/me', { headers: { authorization: 'Bearer a.b.c' } });
    expect([response.status, await response.text()]).toEqual([500, 'audience must be a text that is not empty.']);
  });
});

describe('requireRole for Hono', () => {
  const headers = { authorization: 'Bearer a.b.c' };

  /** An app whose route needs what each of `needs` says. */
  function startWith(needs: string[][], claims: object = user) {
    const { verifier } = verdictOf({ active: true, claims: { ...user, ...claims } });
    const app = new Hono<UserEnv>();
    app.use(requireUser(verifier));
    for (const [first = '', ...more] of needs) app.use(requireRole(first, ...more));
    return app.get('/me', (c) => c.text(c.var.user.sub));
  }

  it.each(met.map((needs) => [needs]))('lets on a user who meets %j', async (needs) => {
    expect(await (await startWith(needs).request('/me', { headers })).text()).toBe(user.sub);
  });

  it.each(unmet.map((needs) => [needs]))('refuses a user who does not meet %j', async (needs) => {
    expect(await read(await startWith(needs).request('/me', { headers }))).toEqual(lacking);
  });

  it('refuses a user without roles, and asks who has no token for one first', async () => {
    expect(await read(await startWith([['editor']], { roles: [] }).request('/me', { headers }))).toEqual(lacking);
    expect(await read(await startWith([['editor']]).request('/me'))).toEqual(missing);
  });

  it('lets nobody on when no requireUser is in front of it', async () => {
    const app = new Hono();
    app.onError((error, c) => c.text(error.message, 500));
    app.get('/me', requireRole('editor'), (c) => c.text('let in'));
    const response = await app.request('/me', { headers });
    expect([response.status, await response.text()]).toEqual([500, 'requireRole needs requireUser in front of it.']);
  });

  it.each(noRoles)('that names no role (%j) is a TypeError at once', (...roles) => {
    expect(() => void Reflect.apply(requireRole, undefined, roles)).toThrow(TypeError);
  });
});

describe('requireCaller for Hono', () => {
  const headers = { authorization: 'Bearer a.b.c' };

  it.each(bearers)('lets in %s who has the scope, and asks the verifier for it', async (_, claims) => {
    const { verifier, asked, scopes } = verdictOf({ active: true, claims: asIfUser(claims) });
    const app = new Hono();
    app.get('/reports', requireCaller(verifier, 'reports:read'), (c) => c.json({ caller: c.var.caller }));
    expect(await (await app.request('/reports', { headers })).json()).toEqual({ caller: claims });
    expect([asked, scopes]).toEqual([['a.b.c'], [['reports:read']]]);
  });

  it.each(bearers)('refuses %s who lacks a scope, whatever the verifier says', async (_, claims) => {
    for (const scope of ['reports:read billing:read', ['reports:read', 'billing:read']]) {
      const { verifier } = verdictOf({ active: true, claims: asIfUser(claims) });
      const app = new Hono().use(requireCaller(verifier, scope));
      expect(await read(await app.request('/', { headers }))).toEqual(lackingScope('reports:read billing:read'));
    }
    const { verifier } = verdictOf({ active: true, claims: asIfUser({ ...claims, scope: undefined }) });
    const app = new Hono().use(requireCaller(verifier, 'reports:read'));
    expect(await read(await app.request('/', { headers }))).toEqual(lackingScope('reports:read'));
  });

  it.each([
    ...refusals,
    [{ active: false as const, code: 'insufficient_scope' as const }, lackingScope('api')],
  ] as const)('responds to %j as requireUser does, and names the scope that is lacking', async (verdict, expected) => {
    const app = new Hono().use(requireCaller(verdictOf(verdict).verifier, 'api'));
    expect(await read(await app.request('/', { headers }))).toEqual(expected);
  });

  it('responds with 401 without a token, with 400 to a malformed header, and with 503 when nobody can tell', async () => {
    const heard: Error[] = [];
    const cause = new Error('offline');
    const { verifier } = verdictOf({ active: false, code: 'unavailable', cause });
    const app = new Hono().use(
      requireCaller(() => verifier, 'api', { onUnavailable: (each) => void heard.push(each) }),
    );
    expect(await read(await app.request('/'))).toEqual(missing);
    expect(await read(await app.request('/', { headers: { authorization: 'Bearer a b' } }))).toEqual(malformed);
    expect(await read(await app.request('/', { headers }))).toEqual(unavailable);
    expect(heard).toEqual([cause]);
  });

  it.each(noScopes.map((scope) => [scope]))('that names no scope (%j) is a TypeError at once', (scope) => {
    const { verifier } = verdictOf({ active: true, claims: user });
    expect(() => void Reflect.apply(requireCaller, undefined, [verifier, scope])).toThrow(TypeError);
  });
});

describe('requireScope for Hono', () => {
  const headers = { authorization: 'Bearer a.b.c' };

  it('lets on who has all the scopes, after requireUser and after requireCaller', async () => {
    const { verifier } = verdictOf({ active: true, claims: user });
    const app = new Hono();
    app.get('/user', requireUser(verifier), requireScope('reports:read', 'api'), (c) => c.text(c.var.user.sid));
    app.get('/caller', requireCaller(verifier, 'api'), requireScope('reports:read'), (c) => c.text(c.var.caller.kind));
    expect(await (await app.request('/user', { headers })).text()).toBe('session');
    expect(await (await app.request('/caller', { headers })).text()).toBe('user');
  });

  it('refuses who lacks one of them, and names all', async () => {
    const { verifier } = verdictOf({ active: true, claims: user });
    const app = new Hono<CallerEnv & UserEnv>();
    app.get('/user', requireUser(verifier), requireScope('api', 'billing:read'));
    app.get('/caller', requireCaller(verifier, 'api'), requireScope('api billing:read'));
    for (const path of ['/user', '/caller']) {
      expect(await read(await app.request(path, { headers }))).toEqual(lackingScope('api billing:read'));
      expect(await read(await app.request(path))).toEqual(missing);
    }
  });

  it.each([undefined, 'joe', { id: 7 }, { scope: 'api' }])(
    'lets nobody on when neither is in front of it, but something else that sets the user to %j',
    async (other) => {
      const app = new Hono<{ Variables: { user: unknown } }>();
      app.onError((error, c) => c.text(error.message, 500));
      app.use(async (c, next) => {
        c.set('user', other);
        await next();
      });
      app.get('/', requireScope('api'), (c) => c.text('let in'));
      const response = await app.request('/', { headers });
      const message = 'requireScope needs requireUser or requireCaller in front of it.';
      expect([response.status, await response.text()]).toEqual([500, message]);
    },
  );

  it.each(noScopes.map((scope) => [scope]))('that names no scope (%j) is a TypeError at once', (scope) => {
    const scopes = Array.isArray(scope) ? scope : [scope];
    expect(() => void Reflect.apply(requireScope, undefined, scopes)).toThrow(TypeError);
  });
});
