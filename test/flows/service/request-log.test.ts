import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newSigningKey } from '../../../scripts/secrets/fresh.ts';
import { bearer, joe, startService, tokensOf } from '../../support/service.ts';
import { fail, watchDatabase, watchDenylist } from '../../support/storage.ts';

const { call, post, register, logIn, status } = startService();

type Service = ReturnType<typeof startService>;

let written: string[];
const lines = () => written.map((line): unknown => JSON.parse(line));

beforeEach(() => {
  written = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void written.push(line));
});
afterEach(() => vi.restoreAllMocks());

describe('the request log', () => {
  it('has one line for each request, with its id, method, route, status and duration', async () => {
    await call('/auth/status?token=abc', { headers: { 'x-request-id': 'trace-1' } });
    expect(lines()).toEqual([
      {
        level: 'info',
        request_id: 'trace-1',
        method: 'GET',
        route: '/auth/status',
        status: 401,
        duration_ms: expect.any(Number),
        code: 'missing_token',
      },
    ]);
  });

  it('has the reason of a refusal, which the response leaves out', async () => {
    await logIn();
    await register();
    await logIn({ ...joe, password: 'wrong password' });
    await status('a.b.c');
    expect(lines()).toMatchObject([
      { code: 'invalid_credentials', reason: 'no such account' },
      { status: 201 },
      { code: 'invalid_credentials', reason: 'wrong password' },
      { code: 'invalid_token', reason: 'ERR_JWT_INVALID' },
    ]);
  });

  it('says in the reason that a token is of another service, and not what the token says', async () => {
    const keysOfOther = JSON.stringify({ keys: [await newSigningKey('ES256')] });
    const foreigner = tokensOf(await startService({ env: { SIGNING_KEYS: keysOfOther } }).register());
    const twin = tokensOf(await startService({ env: { ISSUER: 'http://localhost:8788' } }).logIn());
    written = [];
    for (const { access } of [foreigner, twin])
      expect(await status(access)).toMatchObject({ status: 401, body: { code: 'invalid_token' } });
    expect(lines()).toMatchObject([
      { code: 'invalid_token', reason: 'no key of ours has its kid: is it from another service?' },
      { code: 'invalid_token', reason: 'its iss is not our ISSUER: is it from another service?' },
    ]);
  });

  it('has the route none for an unknown path', async () => {
    await call('/secret-path');
    expect(lines()).toMatchObject([{ route: 'none', status: 404, code: 'not_found' }]);
  });

  it('has the route none for a method that the path does not have', async () => {
    await startService().call('/auth/login', { method: 'PUT' });
    expect(lines()).toMatchObject([{ route: 'none', method: 'PUT', status: 405, code: 'method_not_allowed' }]);
  });

  it.each([
    ['a batch', (service: Service) => service.register()],
    ['a statement', (service: Service) => service.logIn()],
  ])('has the words of the driver when %s fails, without the bound values', async (_, ask) => {
    await ask(startService({ env: watchDatabase(fail) }));
    expect(lines()).toMatchObject([
      {
        level: 'error',
        status: 503,
        code: 'storage_unavailable',
        reason: 'database: D1_ERROR: injected: SQLITE_ERROR',
      },
    ]);
    expect(written[0]).not.toContain('joe');
  });

  it('leaves out what a driver throws that is not an Error', async () => {
    const failOddly = () => {
      const { promise, reject } = Promise.withResolvers<void>();
      reject('joe@gmail.com');
      return promise;
    };
    await startService({ env: watchDatabase(failOddly) }).logIn();
    expect(lines()).toMatchObject([{ status: 503, reason: 'database: an unknown failure' }]);
    expect(written[0]).not.toContain('joe');
  });

  it('names every field of the configuration that is wrong', async () => {
    await startService({ env: { SECRET_KEY: 'hunter2', ISSUER: 'hunter2', DENYLIST: undefined } }).register();
    expect(lines()).toEqual([
      expect.objectContaining({
        level: 'error',
        status: 503,
        code: 'misconfigured',
        reason: expect.stringMatching(/^ISSUER must [^;]+; DENYLIST is not bound[^;]*; SECRET_KEY must [^;]+$/),
      }),
    ]);
  });

  it('says that the pepper of a hash is missing', async () => {
    const PASSWORD_PEPPER = `a:${env.SECRET_KEY}`;
    await startService({ env: { PASSWORD_PEPPER } }).register();
    await logIn();
    const reason = 'a password hash names a pepper that PASSWORD_PEPPER does not have';
    expect(lines()).toMatchObject([{ status: 201 }, { level: 'error', status: 500, code: 'login_failed', reason }]);
  });

  it.each([{}, { 'content-length': '100' }])(
    'does not treat a body that breaks off as an error of the service: %j',
    async (length) => {
      const body = new ReadableStream({
        start: (controller) => controller.error(new Error('Network connection lost.')),
      });
      await call('/auth/login', { method: 'POST', headers: { 'content-type': 'application/json', ...length }, body });
      expect(lines()).toMatchObject([
        { level: 'info', status: 400, code: 'malformed_json', reason: 'the body broke off' },
      ]);
    },
  );

  it('notes that the denylist could not be read', async () => {
    const { body } = await register();
    await startService({ env: { DENYLIST: watchDenylist(fail) } }).status(body['auth_token']);
    expect(lines()).toMatchObject([{}, { status: 200, notes: ['denylist out of reach: the database decided alone'] }]);
  });

  it('has the stack of a bug, and not its message', async () => {
    const now = () => {
      throw new TypeError('hunter2\n    at hunter2');
    };
    const response = await startService({ deps: { now } }).register();
    expect(response).toMatchObject({ status: 500, body: { code: 'registration_failed' } });
    expect(lines()).toMatchObject([{ level: 'error', reason: 'bug: TypeError', stack: expect.any(Array) }]);
    expect(JSON.stringify(lines())).not.toContain('hunter2');
  });

  it('never has a password, an e-mail address, a token or a query string', async () => {
    const credentials = { email: 'hunter2@gmail.com', password: 'hunter2-hunter2' };
    const registered = await register(credentials);
    const token = String(registered.body['auth_token']);
    await register(credentials);
    await logIn({ ...credentials, password: 'hunter2-wrong' });
    await post('/auth/login', '{"email":"hunter2');
    await post('/auth/login?hunter2=hunter2', { ...credentials, email: 'hunter2' });
    await call('/hunter2?hunter2', { headers: { ...bearer('hunter2'), 'x-request-id': 'hunter2 hunter2' } });
    await status(`${token}hunter2`);
    await startService({ env: watchDatabase(fail) }).register(credentials);
    await startService({ env: { SECRET_KEY: 'hunter2', ISSUER: 'hunter2' } }).register(credentials);
    await startService({ env: { SIGNING_KEYS: '{"keys":["hunter2"]}' } }).register(credentials);
    expect(lines()).toHaveLength(10);
    for (const secret of ['hunter2', token.split('.')[1], registered.body['refresh_token']]) {
      expect(written.join('\n')).not.toContain(secret);
    }
  });
});
