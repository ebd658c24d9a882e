import { decodeJwt, importJWK, SignJWT } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import known from '../../crypto/known-answers.json' with { type: 'json' };
import { sql, sqlValue } from '../../support/database.ts';
import { secondFactorRequired } from '../../support/factors.ts';
import { addPasskeys, raiseSessions } from '../../support/stored-factors.ts';
import { withMail } from '../../support/mailed.ts';
import { bearer, joe, newPassword, startClock, startService, tokensOf } from '../../support/service.ts';
import { challengeOf, stepUp } from '../../support/step-up.ts';

const clock = startClock();
const options = { env: withMail(), deps: { now: clock.now } };
const service = startService(options);
const { register, logIn, refresh, status } = service;
beforeEach(clock.round);

/** Sends `route` with the fields that it takes. */
function ask(route: string, token: string, fields: object = {}) {
  const [method = '', path = ''] = route.split(' ');
  const headers = { 'content-type': 'application/json', ...bearer(token) };
  return service.call(path, { method, headers, body: JSON.stringify({ ...fieldsOf[route], ...fields }) });
}

const fieldsOf: Record<string, object> = {
  'POST /auth/keys': { name: 'nightly import' },
  'POST /auth/password': { current_password: joe.password, new_password: newPassword },
  'POST /auth/email': { new_email: 'jane@gmail.com', password: joe.password },
  'DELETE /auth/user': { password: joe.password },
};

const makeKey = (token: string) => ask('POST /auth/keys', token);

/** The access token of a session of joe that has a second factor. */
async function raisedToken(): Promise<string> {
  const { refresh: token } = tokensOf(await logIn());
  await raiseSessions();
  return tokensOf(await refresh(token)).access;
}

describe('a route that wants a recent authentication', () => {
  it('says what is missing, to the letter of RFC 9470', async () => {
    const { access } = tokensOf(await register());
    clock.pass(601);
    const response = await makeKey(access);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe(challengeOf());
    expect(response.body).toEqual({
      status: 'fail',
      code: 'insufficient_user_authentication',
      message: 'Please prove again that it is you.',
      request_id: response.headers.get('x-request-id'),
      max_age: 600,
      acr_values: null,
    });
  });

  it('lets pages of other origins read it', async () => {
    const { access } = tokensOf(await register());
    clock.pass(601);
    const { call } = startService({ ...options, env: { CORS_ORIGINS: 'https://app.example.org' } });
    const headers = { origin: 'https://app.example.org', ...bearer(access) };
    const response = await call('/auth/keys', { method: 'POST', headers });
    expect(response).toMatchObject(stepUp());
    expect(response.headers.get('access-control-expose-headers')?.split(',')).toContain('WWW-Authenticate');
  });

  it('lets in for ten minutes, and no second longer', async () => {
    const { access } = tokensOf(await register());
    clock.pass(600);
    expect(await makeKey(access)).toMatchObject({ status: 201 });
    clock.pass(0.001);
    expect(await makeKey(access)).toMatchObject(stepUp());
    expect(await status(access)).toMatchObject({ status: 200 });
    expect(await sqlValue('SELECT count(*) FROM api_keys')).toBe(1);
  });

  it('counts from the authentication, and not from a refresh', async () => {
    const first = tokensOf(await register());
    clock.pass(300);
    const second = tokensOf(await refresh(first.refresh));
    clock.pass(300);
    expect(await makeKey(second.access)).toMatchObject({ status: 201 });
    clock.pass(1);
    expect(await makeKey(second.access)).toMatchObject(stepUp());
    expect(await makeKey(tokensOf(await refresh(second.refresh)).access)).toMatchObject(stepUp());
    expect(await makeKey(tokensOf(await logIn()).access)).toMatchObject({ status: 201 });
  });

  it('counts from the last authentication in a session that went on', async () => {
    const first = tokensOf(await register());
    clock.pass(800);
    await sql('UPDATE sessions SET authenticated_at = ?', clock.now().getTime());
    expect(await makeKey(first.access), 'the access token of before').toMatchObject(stepUp());
    const { access } = tokensOf(await refresh(first.refresh));
    expect(decodeJwt(access)['auth_time']).toBe(clock.now().getTime() / 1000);
    expect(await makeKey(access)).toMatchObject({ status: 201 });
  });

  it.each([
    ['a passkey', addPasskeys],
    [
      'an authenticator app',
      () => sql("INSERT INTO totps (user_id, sealed_secret, last_step, added_at) SELECT id, '', 0, 1 FROM users"),
    ],
  ])('wants a second factor of an account that has %s', async (_, addFactor) => {
    const { access } = tokensOf(await register());
    await register({ ...joe, email: 'jane@gmail.com' });
    await addFactor();
    await sql("DELETE FROM passkeys WHERE user_id = (SELECT id FROM users WHERE email = 'jane@gmail.com')");
    await sql("DELETE FROM totps WHERE user_id = (SELECT id FROM users WHERE email = 'jane@gmail.com')");
    const response = await makeKey(access);
    expect(response).toMatchObject(stepUp('aal2'));
    expect(response.headers.get('www-authenticate')).toBe(challengeOf('aal2'));
    const jane = tokensOf(await logIn({ ...joe, email: 'jane@gmail.com' }));
    expect(await makeKey(jane.access), 'the account of somebody else').toMatchObject({ status: 201 });
  });

  it('wants no second factor of an account that has recovery codes alone', async () => {
    const { access } = tokensOf(await register());
    await sql("INSERT INTO recovery_codes (mac, user_id, made_at) SELECT 'mac', id, 1 FROM users");
    expect(await makeKey(access)).toMatchObject({ status: 201 });
  });

  it('lets in a session with a second factor, for ten minutes too', async () => {
    await register();
    const access = await raisedToken();
    await addPasskeys();
    clock.pass(600);
    expect(await makeKey(access)).toMatchObject({ status: 201 });
    clock.pass(1);
    const response = await makeKey(access);
    expect(response).toMatchObject(stepUp('aal2'));
    expect(response.headers.get('www-authenticate')).toBe(challengeOf('aal2'));
  });

  it.each(['POST /auth/keys', 'DELETE /auth/keys/0000000000000000'])('is %s', async (route) => {
    const { access } = tokensOf(await register());
    expect(await ask(route, access)).not.toMatchObject({ status: 401 });
    clock.pass(601);
    expect(await ask(route, access)).toMatchObject(stepUp());
  });

  it.each(['GET /auth/status', 'GET /auth/keys', 'GET /auth/sessions', 'GET /auth/events'])(
    'is not %s',
    async (route) => {
      const { access } = tokensOf(await register());
      await addPasskeys();
      clock.pass(601);
      const [method = '', path = ''] = route.split(' ');
      expect(await service.call(path, { method, headers: bearer(access) })).toMatchObject({ status: 200 });
    },
  );
});

describe.each([
  ['POST /auth/password', 200, 'current_password'],
  ['POST /auth/email', 202, 'password'],
  ['DELETE /auth/user', 200, 'password'],
])('%s, which takes the current password', (route, success, password) => {
  it('wants nothing else of an account without a second factor', async () => {
    const { access } = tokensOf(await register());
    clock.pass(601);
    expect(await ask(route, access)).toMatchObject({ status: success });
  });

  it('wants a second factor of an account that has one, before it looks at the password', async () => {
    const { access } = tokensOf(await register());
    await addPasskeys();
    const attempts = await sql('SELECT * FROM login_attempts');
    expect(await ask(route, access)).toMatchObject(stepUp('aal2'));
    expect(await ask(route, access, { [password]: 'wrong' })).toMatchObject(stepUp('aal2'));
    expect(await sql('SELECT * FROM login_attempts')).toEqual(attempts);
    expect(await logIn(), 'the account is as it was').toMatchObject(secondFactorRequired);
  });

  it('wants the second factor to be recent', async () => {
    await register();
    const access = await raisedToken();
    await addPasskeys();
    clock.pass(601);
    expect(await ask(route, access)).toMatchObject(stepUp('aal2'));
    clock.pass(-1);
    expect(await ask(route, access)).toMatchObject({ status: success });
  });
});

describe('a change of the password', () => {
  it('does not renew the second factor: the new session says when that was shown', async () => {
    await register();
    const access = await raisedToken();
    await addPasskeys();
    clock.pass(500);
    const changed = tokensOf(await ask('POST /auth/password', access)).access;
    const { auth_time, acr, amr } = decodeJwt(access);
    expect(decodeJwt(changed)).toMatchObject({ auth_time, acr, amr });
    clock.pass(101);
    expect(await makeKey(changed)).toMatchObject(stepUp('aal2'));
  });

  it('counts as an authentication where there is no second factor', async () => {
    const { access } = tokensOf(await register());
    clock.pass(601);
    const changed = tokensOf(await ask('POST /auth/password', access)).access;
    expect(decodeJwt(changed)).toMatchObject({ acr: 'aal1', amr: ['pwd'] });
    expect(await makeKey(changed)).toMatchObject({ status: 201 });
  });
});

describe('a token that was signed before auth_time, acr and amr existed', () => {
  it('is accepted, and not where a recent authentication is wanted', async () => {
    const { auth_time: _, acr: _acr, amr: _amr, ...claims } = decodeJwt(tokensOf(await register()).access);
    const [key] = known.keys;
    if (key === undefined) throw new TypeError('no signing key to test with');
    const header = { alg: 'ES256', kid: key.kid, typ: 'at+jwt' };
    const token = await new SignJWT(claims).setProtectedHeader(header).sign(await importJWK(key, 'ES256'));
    expect(await status(token)).toMatchObject({ status: 200 });
    expect(await makeKey(token)).toMatchObject(stepUp());
    expect(await ask('POST /auth/password', token)).toMatchObject({ status: 200 });
  });
});
