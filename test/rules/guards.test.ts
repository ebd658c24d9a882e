import { describe, expect, it } from 'vitest';
import { createApp } from '../../src/http/app.ts';
import { startService } from '../support/service.ts';
import { wire } from '../../src/wire.ts';

const app = createApp(wire);
const routes = app.openAPIRegistry.definitions.flatMap((definition) =>
  definition.type === 'route' ? [definition.route] : [],
);
const named = routes.map(({ method, path, security }) => ({ method: method.toUpperCase(), path, security }));

it('says of every route who may call it', () => {
  const guardOf = (security: unknown) => JSON.stringify(security) ?? 'unsaid';
  expect(named.map(({ method, path, security }) => `${method} ${path} ${guardOf(security)}`)).toEqual([
    'GET /health []',
    'GET /ready []',
    'GET /.well-known/jwks.json []',
    'POST /auth/register []',
    'POST /auth/login []',
    'GET /auth/status [{"accessToken":[]}]',
    'GET /auth/user [{"accessToken":[]}]',
    'POST /auth/logout [{"accessToken":[]}]',
  ]);
});

it('has no route beside those', () => {
  const served = app.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`);
  expect([...new Set(served)]).toEqual(named.map(({ method, path }) => `${method} ${path}`));
});

describe.each(named.filter(({ security }) => security?.length !== 0))('$method $path', ({ method, path }) => {
  const { call } = startService();

  it('keeps out who has no token, or a wrong one', async () => {
    const without = await call(path, { method });
    expect([401, 403]).toContain(without.status);
    expect(without.body['message']).toBe('Provide a valid auth token.');
    const wrong = await call(path, { method, headers: { authorization: 'Bearer a.b.c' } });
    expect(wrong).toMatchObject({ status: 401, body: { code: 'invalid_token' } });
  });
});
