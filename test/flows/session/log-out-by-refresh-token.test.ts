import { describe, expect, it } from 'vitest';
import { sqlValue } from '../../support/database.ts';
import { bearer, startClock, startService, tokensOf } from '../../support/service.ts';
import { fail, watchDatabase, watchDenylist } from '../../support/storage.ts';

const { call, post, register, logIn, refresh, status, verify } = startService();

const revoked = { status: 401, body: { code: 'revoked_token' } };

describe('POST /auth/logout with a refresh token', () => {
  const success = { status: 200, body: { status: 'success', message: 'Successfully logged out.' } };
  const logOutWith = (refreshToken: unknown, headers = {}) =>
    post('/auth/logout', { refresh_token: refreshToken }, headers);

  it('revokes only its session, even when the access token has expired', async () => {
    const clock = startClock();
    const deps = { now: clock.now };
    const tokens = tokensOf(await register());
    const other = tokensOf(await logIn());
    clock.pass(901);
    const later = startService({ deps });
    const expired = await later.post('/auth/logout', { refresh_token: tokens.refresh }, bearer(tokens.access));
    expect(expired).toMatchObject(success);
    expect(await later.refresh(tokens.refresh)).toMatchObject({ status: 401 });
    expect(await later.refresh(other.refresh)).toMatchObject({ status: 200 });
  });

  it.each([
    ['no header', {}],
    ['a malformed header', { authorization: 'Bearer' }],
    ['another scheme', { authorization: 'Basic YTpi' }],
    ['a token that is not ours', { authorization: 'Bearer a.b.c' }],
  ])('revokes its session with %s', async (_, headers) => {
    const tokens = tokensOf(await register());
    expect(await logOutWith(tokens.refresh, headers)).toMatchObject(success);
    expect(await status(tokens.access)).toMatchObject(revoked);
    expect(await verify(tokens.access)).toMatchObject(revoked);
    expect(await refresh(tokens.refresh)).toMatchObject({ status: 401 });
  });

  it('revokes its session, not that of the access token in the header', async () => {
    const tokens = tokensOf(await register());
    const other = tokensOf(await logIn());
    expect(await logOutWith(tokens.refresh, bearer(other.access))).toMatchObject(success);
    expect(await status(tokens.access)).toMatchObject(revoked);
    expect(await status(other.access)).toMatchObject({ status: 200 });
  });

  it('accepts a refresh token of an earlier generation', async () => {
    const first = tokensOf(await register());
    const second = tokensOf(await refresh(first.refresh));
    expect(await logOutWith(first.refresh)).toMatchObject(success);
    expect(await refresh(second.refresh)).toMatchObject({ status: 401 });
  });

  it('succeeds when the session is over, and does nothing for a token that is not ours', async () => {
    const tokens = tokensOf(await register());
    await logOutWith(tokens.refresh);
    const revokedAt = await sqlValue('SELECT revoked_at FROM sessions');
    expect(await logOutWith(tokens.refresh)).toMatchObject(success);
    expect(await sqlValue('SELECT revoked_at FROM sessions')).toBe(revokedAt);
    const untouched = startService({ env: { ...watchDatabase(fail), DENYLIST: watchDenylist(fail) } });
    const mac = tokens.refresh.slice(-43);
    for (const other of ['', 'a', tokens.access, tokens.refresh.replace(mac, 'A'.repeat(43)), 'x'.repeat(5000)]) {
      expect(await untouched.post('/auth/logout', { refresh_token: other })).toMatchObject(success);
    }
  });

  it.each([
    ['{', 'malformed_json', 400],
    [new Uint8Array([0x22, 0xff, 0x22]), 'malformed_json', 400],
    ['[]', 'invalid_request', 400],
    ['null', 'invalid_request', 400],
    ['{"refresh_token":7}', 'invalid_request', 400],
    ['{"refresh_token":null}', 'invalid_request', 400],
  ])('refuses the body %s and revokes nothing', async (body, code, status_) => {
    const tokens = tokensOf(await register());
    const headers = { ...bearer(tokens.access), 'content-type': 'application/json' };
    expect(await call('/auth/logout', { method: 'POST', headers, body })).toMatchObject({
      status: status_,
      body: { code },
    });
    expect(await status(tokens.access)).toMatchObject({ status: 200 });
  });

  it('refuses a form and revokes nothing', async () => {
    const { access, refresh: refresh_token } = tokensOf(await register());
    const body = new URLSearchParams({ refresh_token });
    const response = await call('/auth/logout', { method: 'POST', headers: bearer(access), body });
    expect(response).toMatchObject({ status: 415, body: { code: 'unsupported_media_type' } });
    expect(await status(access)).toMatchObject({ status: 200 });
  });

  it.each(['others', 'all'])('refuses the scope %s, which takes an access token', async (scope) => {
    const tokens = tokensOf(await register());
    const response = await post(
      `/auth/logout?scope=${scope}`,
      { refresh_token: tokens.refresh },
      bearer(tokens.access),
    );
    expect(response).toMatchObject({ status: 400, body: { code: 'invalid_request', errors: [{ path: 'scope' }] } });
    expect(await status(tokens.access)).toMatchObject({ status: 200 });
  });

  it.each([
    ['database', () => watchDatabase(fail)],
    ['denylist', () => ({ DENYLIST: watchDenylist(fail) })],
  ])('responds with 503 when the %s fails, and succeeds when it is repeated', async (_, broken) => {
    const tokens = tokensOf(await register());
    const response = await startService({ env: broken() }).post('/auth/logout', { refresh_token: tokens.refresh });
    expect(response).toMatchObject({ status: 503, body: { code: 'storage_unavailable' } });
    expect(await logOutWith(tokens.refresh)).toMatchObject(success);
    expect(await status(tokens.access)).toMatchObject(revoked);
    expect(await verify(tokens.access)).toMatchObject(revoked);
  });
});
