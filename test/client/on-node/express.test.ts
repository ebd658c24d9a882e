import { once } from 'node:events';
import http from 'node:http';
import express, { type NextFunction, type Request, type Response as ExpressResponse } from 'express';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  requireCaller,
  requireRecent,
  requireRole,
  requireScope,
  requireUser,
} from '../../../packages/client/src/express.ts';
import type { Verifier } from '../../../packages/client/src/verify.ts';
import {
  asIfUser,
  bearers,
  carriers,
  clockAfter,
  lacking,
  lackingScope,
  malformed,
  malformedHeaders,
  met,
  missing,
  noRecency,
  noRoles,
  noScopes,
  otherSchemes,
  peopleOnly,
  read,
  refusals,
  stale,
  staleOrWeak,
  unavailable,
  unmet,
  user,
  verdictOf,
} from '../verify/responses.ts';

const closers: (() => void)[] = [];

type Options = { onUnavailable?: (cause: Error) => void };

/** Starts an app with protected routes, and a handler of errors that responds with their message. */
async function start(verifier: Verifier, options?: Options) {
  const app = express();
  app.get('/me', requireUser(verifier, options), (req, res) => void res.json({ user: req.user }));
  app.get('/users/:id', requireUser(verifier, options), (req, res) => void res.json({ id: req.params.id }));
  return listen(app);
}

/** Starts `app`, with a handler of errors that responds with their message. */
async function listen(app: express.Express) {
  app.use((error: Error, _req: Request, res: ExpressResponse, _next: NextFunction) => {
    res.status(500).send(error.message);
  });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => server.close());
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const base = `http://127.0.0.1:${port}`;
  const call = (authorization?: string, path = '/me') =>
    fetch(base + path, authorization === undefined ? {} : { headers: { authorization } });
  return Object.assign(call, { base });
}

afterEach(() => {
  vi.restoreAllMocks();
  for (const close of closers.splice(0)) close();
});

describe('requireUser for Express', () => {
  it.each(carriers)('lets in the user of %j, and asks about its token', async (header, token) => {
    const { verifier, asked } = verdictOf({ active: true, claims: user });
    const response = await (await start(verifier))(header);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ user });
    expect(asked).toEqual([token]);
  });

  it.each(otherSchemes)('responds to the header %j with 401 and names no error', async (header) => {
    const { verifier, asked } = verdictOf({ active: true, claims: user });
    expect(await read(await (await start(verifier))(header))).toEqual(missing);
    expect(asked).toEqual([]);
  });

  it.each(malformedHeaders)('responds to the header %j with 400', async (header) => {
    const { verifier, asked } = verdictOf({ active: true, claims: user });
    expect(await read(await (await start(verifier))(header))).toEqual(malformed);
    expect(asked).toEqual([]);
  });

  it('responds with 400 to several headers, of which Node shows the first', async () => {
    const { verifier, asked } = verdictOf({ active: true, claims: user });
    const { base } = await start(verifier);
    const status = await new Promise((resolve, reject) => {
      const headers = ['Authorization', 'Bearer a.b.c', 'Authorization', 'Bearer d.e.f'];
      http.get(`${base}/me`, { headers }, (response) => resolve(response.resume().statusCode)).on('error', reject);
    });
    expect(status).toBe(400);
    expect(asked).toEqual([]);
  });

  it.each(refusals)('responds to %j with 401', async (verdict, expected) => {
    expect(await read(await (await start(verdictOf(verdict).verifier))('Bearer a.b.c'))).toEqual(expected);
  });

  it.each(bearers.slice(1))('refuses %s, whatever the verifier says', async (_, claims) => {
    const { verifier, scopes } = verdictOf({ active: true, claims: asIfUser(claims) });
    expect(await read(await (await start(verifier))('Bearer a.b.c'))).toEqual(peopleOnly);
    expect(scopes).toEqual([undefined]);
    const refusing = verdictOf({ active: false, code: 'user_required' }).verifier;
    expect(await read(await (await start(refusing))('Bearer a.b.c'))).toEqual(peopleOnly);
  });

  it('responds with 503 when nobody can tell, and tells the operator why', async () => {
    const cause = new Error('the secret is wrong');
    const { verifier } = verdictOf({ active: false, code: 'unavailable', cause });
    const print = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(await read(await (await start(verifier))('Bearer a.b.c'))).toEqual(unavailable);
    expect(print.mock.calls).toEqual([['Access tokens cannot be checked.', cause]]);

    const heard: Error[] = [];
    const call = await start(verifier, { onUnavailable: (each) => void heard.push(each) });
    expect(await read(await call('Bearer a.b.c'))).toEqual(unavailable);
    expect(heard).toEqual([cause]);
    expect(print).toHaveBeenCalledOnce();
  });

  it('leaves the types of a route with parameters as they are', async () => {
    const call = await start(verdictOf({ active: true, claims: user }).verifier);
    expect(await (await call('Bearer a.b.c', '/users/7')).json()).toEqual({ id: '7' });
  });

  it('gives what the app throws to the error handler of the app', async () => {
    const broken = { verify: () => Promise.reject(new Error('a verifier of another make')) };
    const response = await (await start(broken))('Bearer a.b.c');
    expect([response.status, await response.text()]).toEqual([500, 'a verifier of another make']);

    const { verifier } = verdictOf({ active: false, code: 'unavailable', cause: new Error('offline') });
    const onUnavailable = () => {
      throw new Error('no log');
    };
    const second = await (await start(verifier, { onUnavailable }))('Bearer a.b.c');
    expect([second.status, await second.text()]).toEqual([500, 'no log']);
  });
});

describe('requireRole for Express', () => {
  /** Starts an app whose route needs what each of `needs` says. */
  function startWith(needs: string[][], claims: object = user) {
    const { verifier } = verdictOf({ active: true, claims: { ...user, ...claims } });
    const app = express();
    app.use(requireUser(verifier));
    for (const [first = '', ...more] of needs) app.use(requireRole(first, ...more));
    app.get('/me', (req, res) => void res.send(req.user?.sub));
    return listen(app);
  }

  it.each(met.map((needs) => [needs]))('lets on a user who meets %j', async (needs) => {
    expect(await (await (await startWith(needs))('Bearer a.b.c')).text()).toBe(user.sub);
  });

  it.each(unmet.map((needs) => [needs]))('refuses a user who does not meet %j', async (needs) => {
    expect(await read(await (await startWith(needs))('Bearer a.b.c'))).toEqual(lacking);
  });

  it('refuses a user without roles, and asks who has no token for one first', async () => {
    expect(await read(await (await startWith([['editor']], { roles: [] }))('Bearer a.b.c'))).toEqual(lacking);
    expect(await read(await (await startWith([['editor']]))())).toEqual(missing);
  });

  it.each([undefined, null, 'joe', { id: 7 }, { roles: 'editor' }])(
    'lets nobody on when no requireUser is in front of it, but something else that sets the user to %j',
    async (other) => {
      const app = express();
      app.use((req, _res, next) => {
        Reflect.set(req, 'user', other);
        next();
      });
      app.get('/me', requireRole('editor'), (_req, res) => void res.send('let in'));
      const response = await (await listen(app))('Bearer a.b.c');
      expect([response.status, await response.text()]).toEqual([500, 'requireRole needs requireUser in front of it.']);
    },
  );

  it.each(noRoles)('that names no role (%j) is a TypeError at once', (...roles) => {
    expect(() => void Reflect.apply(requireRole, undefined, roles)).toThrow(TypeError);
  });
});

describe('requireRecent for Express', () => {
  function startWith(options: Parameters<typeof requireRecent>[0], claims: object = {}) {
    const { verifier } = verdictOf({ active: true, claims: { ...user, ...claims } });
    const app = express();
    app.get('/me', requireUser(verifier), requireRecent(options), (req, res) => void res.send(req.user?.sub));
    return listen(app);
  }

  it('lets on a user who has just authenticated, and asks who has no token for one first', async () => {
    const call = await startWith({ now: clockAfter(600) });
    expect(await (await call('Bearer a.b.c')).text()).toBe(user.sub);
    expect(await read(await call())).toEqual(missing);
  });

  it('asks others to authenticate again, and by two factors where these are needed', async () => {
    expect(await read(await (await startWith({ now: clockAfter(601) }))('Bearer a.b.c'))).toEqual(stale());
    const strict = await startWith({ acr: 'aal2', now: clockAfter(0) });
    expect(await read(await strict('Bearer a.b.c'))).toEqual(staleOrWeak);
  });

  it.each([undefined, 'joe', { id: 7 }, { kind: 'user', sub: 'joe', auth_time: 1_800_000_000 }])(
    'lets nobody on when no requireUser is in front of it, but something else that sets the user to %j',
    async (other) => {
      const app = express();
      app.use((req, _res, next) => {
        Reflect.set(req, 'user', other);
        next();
      });
      app.get('/me', requireRecent(), (_req, res) => void res.send('let in'));
      const response = await (await listen(app))('Bearer a.b.c');
      expect([response.status, await response.text()]).toEqual([
        500,
        'requireRecent needs requireUser in front of it.',
      ]);
    },
  );

  it.each(noRecency)('that is told %j is a TypeError at once', (options) => {
    expect(() => void Reflect.apply(requireRecent, undefined, [options])).toThrow(TypeError);
  });
});

describe('requireCaller for Express', () => {
  function startWith(verifier: Verifier, scope: string | string[], ...more: express.RequestHandler[]) {
    const app = express();
    app.get('/me', requireCaller(verifier, scope), ...more, (req, res) => void res.json({ caller: req.caller }));
    return listen(app);
  }

  it.each(bearers)('lets in %s who has the scope, and asks the verifier for it', async (_, claims) => {
    const { verifier, asked, scopes } = verdictOf({ active: true, claims: asIfUser(claims) });
    const call = await startWith(verifier, 'reports:read', requireScope('reports:read'));
    expect(await (await call('Bearer a.b.c')).json()).toEqual({ caller: claims });
    expect([asked, scopes]).toEqual([['a.b.c'], [['reports:read']]]);
  });

  it.each(bearers)('refuses %s who lacks a scope, whatever the verifier says', async (_, claims) => {
    const { verifier } = verdictOf({ active: true, claims: asIfUser(claims) });
    const expected = lackingScope('reports:read billing:read');
    const both = await startWith(verifier, ['reports:read', 'billing:read']);
    expect(await read(await both('Bearer a.b.c'))).toEqual(expected);
    const later = await startWith(verifier, 'reports:read', requireScope('reports:read', 'billing:read'));
    expect(await read(await later('Bearer a.b.c'))).toEqual(expected);
  });

  it.each(refusals)('responds to %j as requireUser does', async (verdict, expected) => {
    const call = await startWith(verdictOf(verdict).verifier, 'api');
    expect(await read(await call('Bearer a.b.c'))).toEqual(expected);
    expect(await read(await call())).toEqual(missing);
    expect(await read(await call('Bearer a b'))).toEqual(malformed);
  });

  it('gives what the verifier throws to the error handler of the app', async () => {
    const broken = { verify: () => Promise.reject(new Error('a verifier of another make')) };
    const response = await (await startWith(broken, 'api'))('Bearer a.b.c');
    expect([response.status, await response.text()]).toEqual([500, 'a verifier of another make']);
  });

  it.each(noScopes.map((scope) => [scope]))('that names no scope (%j) is a TypeError at once', (scope) => {
    const { verifier } = verdictOf({ active: true, claims: user });
    expect(() => void Reflect.apply(requireCaller, undefined, [verifier, scope])).toThrow(TypeError);
    const scopes = Array.isArray(scope) ? scope : [scope];
    expect(() => void Reflect.apply(requireScope, undefined, scopes)).toThrow(TypeError);
  });
});

describe('requireScope for Express', () => {
  it('comes after requireUser too', async () => {
    const { verifier } = verdictOf({ active: true, claims: user });
    const app = express();
    app.get('/me', requireUser(verifier), requireScope('api'), (req, res) => void res.send(req.user?.sub));
    expect(await (await (await listen(app))('Bearer a.b.c')).text()).toBe(user.sub);
  });

  it.each([undefined, null, 'joe', { id: 7 }, { scope: 'api' }])(
    'lets nobody on when neither is in front of it, but something else that sets the user to %j',
    async (other) => {
      const app = express();
      app.use((req, _res, next) => {
        Reflect.set(req, 'user', other);
        next();
      });
      app.get('/me', requireScope('api'), (_req, res) => void res.send('let in'));
      const response = await (await listen(app))('Bearer a.b.c');
      const message = 'requireScope needs requireUser or requireCaller in front of it.';
      expect([response.status, await response.text()]).toEqual([500, message]);
    },
  );
});
