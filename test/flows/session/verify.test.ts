import { env, exports } from 'cloudflare:workers';
import { decodeJwt } from 'jose';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Verifier } from '../../../src/index.ts';
import { startClock, startService, tokensOf } from '../../support/service.ts';
import { bug, fail, watchDatabase, watchDenylist } from '../../support/storage.ts';

const { call, register, logOut, verify } = startService();

const registered = async () => tokensOf(await register()).access;

describe('GET /auth/verify', () => {
  it('names the user and the session of the token', async () => {
    const token = await registered();
    const { sub, sid } = decodeJwt(token);
    const response = await verify(token);
    expect(response).toMatchObject({ status: 204, body: {} });
    expect(response.headers.get('x-user-id')).toBe(sub);
    expect(response.headers.get('x-session-id')).toBe(sid);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('does not ask the database', async () => {
    const token = await registered();
    expect(await startService({ env: watchDatabase(fail) }).verify(token)).toMatchObject({ status: 204 });
  });

  it('refuses a session within a minute of its logout, without naming the user', async () => {
    const clock = startClock();
    const { logOut, verify } = startService({ deps: { now: clock.now } });
    const token = await registered();
    await logOut(token);
    clock.pass(60);
    const response = await verify(token);
    expect(response).toMatchObject({ status: 401, body: { code: 'revoked_token' } });
    expect(response.headers.get('www-authenticate')).toContain('error="invalid_token"');
    expect(response.headers.get('x-user-id')).toBeNull();
  });

  it('refuses a missing, malformed, invalid or expired token', async () => {
    expect(await call('/auth/verify')).toMatchObject({ status: 401, body: { code: 'missing_token' } });
    const basic = { authorization: 'Basic YTpi' };
    expect(await call('/auth/verify', { headers: basic })).toMatchObject({ body: { code: 'malformed_token' } });
    expect(await verify('a.b.c')).toMatchObject({ status: 401, body: { code: 'invalid_token' } });
    const clock = startClock();
    clock.pass(901);
    const later = startService({ deps: { now: clock.now } });
    expect(await later.verify(await registered())).toMatchObject({ status: 401, body: { code: 'expired_token' } });
  });

  it('responds with 503 when the denylist cannot be read', async () => {
    const response = await startService({ env: { DENYLIST: watchDenylist(fail) } }).verify(await registered());
    expect(response).toMatchObject({ status: 503, body: { code: 'storage_unavailable' } });
    expect(response.headers.get('retry-after')).toBe('5');
  });
});

describe('the denylist entry of a user', () => {
  const put = (user: unknown, value: string) => env.DENYLIST.put(`sub:${String(user)}`, value, { expirationTtl: 60 });

  it('concerns the tokens with a lower user version', async () => {
    const clock = startClock();
    const { register, verify } = startService({ deps: { now: clock.now } });
    const { access: token } = tokensOf(await register());
    const { sub, user_version: version } = decodeJwt(token);
    expect(version).toBe(0);
    await put(sub, '0');
    expect(await verify(token)).toMatchObject({ status: 204 });
    await put(sub, '1');
    clock.pass(60);
    expect(await verify(token)).toMatchObject({ status: 401, body: { code: 'revoked_token' } });
  });

  it.each(['', 'now', 'all of them', ' ', '2001-01-01T00:00:00Z', '-1', '1e3', '0.5', '1790000000'])(
    'concerns every token when its value is %j',
    async (value) => {
      const token = await registered();
      await put(decodeJwt(token).sub, value);
      expect(await verify(token)).toMatchObject({ status: 401, body: { code: 'revoked_token' } });
    },
  );
});

describe('the RPC method verify', () => {
  afterEach(() => vi.restoreAllMocks());

  it('returns the claims of a valid token', async () => {
    const token = await registered();
    const { sub, sid, jti, iat, exp } = decodeJwt(token);
    const claims = {
      sub,
      sid,
      jti,
      client_id: 'first-party',
      iat,
      exp,
      admin: false,
      roles: [],
      email_verified: false,
      user_version: 0,
      rights_version: 0,
      auth_time: iat,
      acr: 'aal1',
      amr: ['pwd'],
      scope: 'api',
      kind: 'user',
    };
    expect(await exports.Verifier.verify(token)).toEqual({ active: true, claims });
  });

  it('returns the code of the refusal for an invalid token', async () => {
    const token = await registered();
    await logOut(token);
    expect(await exports.Verifier.verify(token)).toEqual({ active: false, code: 'revoked_token' });
    expect(await exports.Verifier.verify('a.b.c')).toEqual({ active: false, code: 'invalid_token' });
    expect(await exports.Verifier.verify('')).toEqual({ active: false, code: 'invalid_token' });
  });

  it('refuses a token over the length limit before checking its signature', async () => {
    const [header = '', payload = '', signature = ''] = (await registered()).split('.');
    const check = vi.spyOn(crypto.subtle, 'verify');
    const long = [header, payload + 'A'.repeat(4096), signature].join('.');
    expect(await exports.Verifier.verify(long)).toEqual({ active: false, code: 'invalid_token' });
    expect(check).not.toHaveBeenCalled();
    await exports.Verifier.verify([header, `${payload}A`, signature].join('.'));
    expect(check).toHaveBeenCalledOnce();
  });

  it.each([[undefined], [null], [7], [{}], [[]]])('treats %j as an invalid token', async (token) => {
    expect(await Reflect.apply(exports.Verifier.verify, exports.Verifier, [token])).toEqual({
      active: false,
      code: 'invalid_token',
    });
  });

  it('treats a list that contains a valid token as an invalid token', async () => {
    const list = [await registered()];
    expect(await Reflect.apply(exports.Verifier.verify, exports.Verifier, [list])).toEqual({
      active: false,
      code: 'invalid_token',
    });
  });

  it.each([
    ['storage_unavailable', { ...env, DENYLIST: watchDenylist(fail) }, 'denylist: D1_ERROR: injected: SQLITE_ERROR'],
    ['misconfigured', { ...env, SECRET_KEY: 'hunter2' }, 'SECRET_KEY must be at least 32 random bytes in base64'],
    ['internal_error', new Proxy(env, { get: bug }), 'bug: TypeError'],
  ])('returns %s, not active, when the service is at fault', async (code, broken, reason) => {
    const token = await registered();
    const written: string[] = [];
    vi.spyOn(console, 'log').mockImplementation((line: string) => void written.push(line));
    const context = { waitUntil: () => undefined, passThroughOnException: () => undefined, props: {}, exports };
    const verifier: Verifier = Reflect.construct(Verifier, [context, broken]);
    expect(await verifier.verify(token)).toEqual({ active: false, code });
    const lines = written.map((line): unknown => JSON.parse(line));
    expect(lines).toMatchObject([{ level: 'error', rpc: 'verify', code, reason }]);
  });
});
