import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { sql, sqlValue } from '../../support/database.ts';
import { bearer, joe, startService } from '../../support/service.ts';
import { fail, watchDatabase, watchDenylist } from '../../support/storage.ts';

const { call, register, logOut, status } = startService();

const registered = async () => (await register()).body['auth_token'];

describe('GET /auth/status', () => {
  it.each(['/auth/status', '/auth/user'])('describes the user of the token, at %s', async (path) => {
    const before = Date.now();
    const response = await call(path, { headers: bearer(await registered()) });
    expect(response.status).toBe(200);
    expect(response.body).toEqual({
      status: 'success',
      data: {
        user_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        email: joe.email,
        email_verified: false,
        admin: false,
        roles: [],
        claims: {},
        locale: null,
        registered_on: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      },
    });
    const { data } = response.body;
    const registeredOn = Date.parse(
      data instanceof Object && 'registered_on' in data ? String(data.registered_on) : '',
    );
    expect(registeredOn).toBeGreaterThanOrEqual(before);
    expect(registeredOn).toBeLessThanOrEqual(Date.now());
  });

  it('responds with missing_token when there is no token', async () => {
    const response = await call('/auth/status');
    expect(response.status).toBe(401);
    expect(response.body).toMatchObject({ code: 'missing_token', message: 'Provide a valid auth token.' });
    expect(response.headers.get('www-authenticate')).toBe('Bearer realm="latchkey"');
  });

  it.each(['Bearer', 'Bearer ', 'bearer a b', 'Bearer a,Bearer b', 'Bearer =', 'Bearer Basic am9lOmpvZQ=='])(
    'responds with malformed_token and invalid_request to the Authorization header %j',
    async (authorization) => {
      const response = await call('/auth/status', { headers: { authorization } });
      expect(response.status).toBe(401);
      expect(response.body).toMatchObject({ code: 'malformed_token', message: 'Bearer token malformed.' });
      expect(response.headers.get('www-authenticate')).toBe(
        'Bearer realm="latchkey", error="invalid_request", error_description="Bearer token malformed."',
      );
    },
  );

  it.each(['Basic am9lOmpvZQ==', 'a.b.c', 'Token a', 'Bearers a', 'Bearer\ta', 'Basic a, Bearer b', ''])(
    'responds with malformed_token and the scheme that it expects to the Authorization header %j',
    async (authorization) => {
      const response = await call('/auth/status', { headers: { authorization } });
      expect(response).toMatchObject({ status: 401, body: { code: 'malformed_token' } });
      expect(response.headers.get('www-authenticate')).toBe('Bearer realm="latchkey"');
    },
  );

  it.each(['bearer', 'BEARER', 'Bearer   '])('accepts the scheme as %j', async (scheme) => {
    const authorization = `${scheme} ${String(await registered())}`;
    expect(await call('/auth/status', { headers: { authorization } })).toMatchObject({ status: 200 });
  });

  it('refuses a token from the second of its expiry on', async () => {
    const registeredAt = Date.now();
    const token = await registered();
    const at = (seconds: number) =>
      startService({ deps: { now: () => new Date(registeredAt + seconds * 1000) } }).status(token);
    expect(await at(898)).toMatchObject({ status: 200 });
    const expired = await at(901);
    expect(expired.status).toBe(401);
    expect(expired.body).toMatchObject({
      code: 'expired_token',
      message: 'Signature expired. Please log in again.',
    });
    expect(expired.headers.get('www-authenticate')).toBe(
      'Bearer realm="latchkey", error="invalid_token", error_description="Signature expired. Please log in again."',
    );
  });

  it('refuses a token whose user is deleted', async () => {
    const token = await registered();
    await sql('DELETE FROM users');
    expect(await status(token)).toMatchObject({
      status: 401,
      body: { code: 'invalid_token', message: 'Invalid token. Please log in again.' },
    });
  });

  it('refuses a token whose user is disabled', async () => {
    const token = await registered();
    await sql('UPDATE users SET disabled_at = 1');
    expect(await status(token)).toMatchObject({ status: 401, body: { code: 'invalid_token' } });
  });

  it('describes the user as the database has it now, not as the token has it', async () => {
    const token = await registered();
    await sql('UPDATE users SET admin = 1');
    expect(await status(token)).toMatchObject({ status: 200, body: { data: { admin: true } } });
  });

  it('refuses a token after a logout that only the database has', async () => {
    const token = await registered();
    await logOut(token);
    await env.DENYLIST.delete(`sid:${String(await sqlValue('SELECT id FROM sessions'))}`);
    expect(await status(token)).toMatchObject({ status: 401, body: { code: 'revoked_token' } });
  });

  it('refuses a token after a logout that only the denylist has', async () => {
    const token = await registered();
    await logOut(token);
    await sql('UPDATE sessions SET revoked_at = NULL, expires_at = started_at + 1000000000');
    expect(await startService().status(token)).toMatchObject({ status: 401, body: { code: 'revoked_token' } });
  });

  it('lets the database decide alone when the denylist cannot be read', async () => {
    const token = await registered();
    const { logOut, status } = startService({
      env: { DENYLIST: watchDenylist(({ operation }) => (operation === 'get' ? fail() : undefined)) },
    });
    expect(await status(token)).toMatchObject({ status: 200 });
    await logOut(token);
    const response = await status(token);
    expect(response).toMatchObject({ status: 401, body: { code: 'revoked_token' } });
    expect(response.headers.get('www-authenticate')).toContain('error="invalid_token"');
  });

  it('writes nothing when database and denylist disagree, as they do for a minute after a logout', async () => {
    const token = await registered();
    const statements: string[] = [];
    const operations: string[] = [];
    const database = watchDatabase((batch) => void statements.push(...batch));
    const DENYLIST = watchDenylist(({ operation }) => void operations.push(operation));
    const elsewhere = startService({ env: { ...database, DENYLIST } });
    expect(await elsewhere.status(token)).toMatchObject({ status: 200 });
    await logOut(token);
    expect(await elsewhere.verify(token), 'the denylist lags').toMatchObject({ status: 204 });
    expect(await elsewhere.status(token)).toMatchObject({ status: 401, body: { code: 'revoked_token' } });
    expect(statements).toEqual([expect.stringMatching(/^select/), expect.stringMatching(/^select/)]);
    expect(operations).toEqual(['get', 'get', 'get']);
  });

  it('responds with 503 when the database is down', async () => {
    const token = await registered();
    const response = await startService({ env: watchDatabase(fail) }).status(token);
    expect(response).toMatchObject({ status: 503, body: { code: 'storage_unavailable' } });
    expect(response.headers.get('retry-after')).toBe('5');
  });
});
