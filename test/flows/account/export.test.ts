import { describe, expect, it } from 'vitest';
import { sqlValue } from '../../support/database.ts';
import { bearer, joe, startService, tokensOf } from '../../support/service.ts';

const { call, post, register, logIn, logOut, status, listSessions } = startService();

const ask = (token: string) => call('/auth/user/export', { headers: bearer(token) });

describe('GET /auth/user/export', () => {
  it('is a file with the account as in the status, and the sessions, keys, factors and events as in their lists', async () => {
    await register({ ...joe, email: 'jane@gmail.com' });
    const { access } = tokensOf(await register());
    await logOut(tokensOf(await logIn()).access);
    await logIn();
    const { body: made } = await post('/auth/keys', { name: 'a key' }, bearer(access));
    const response = await ask(access);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="account.json"');
    expect(response.headers.get('cache-control')).toBe('no-store');
    const [account, sessions] = [await status(access), await listSessions(access)];
    const events = await call('/auth/events', { headers: bearer(access) });
    const keys = await call('/auth/keys', { headers: bearer(access) });
    const factors = await call('/auth/factors', { headers: bearer(access) });
    expect(response.body).toEqual({
      status: 'success',
      data: {
        account: account.body['data'],
        sessions: sessions.body['data'],
        keys: keys.body['data'],
        factors: factors.body['data'],
        events: events.body['data'],
      },
    });
    expect(keys.body['data']).toEqual([made['data']]);
    expect(JSON.stringify(response)).not.toContain(String(made['key']).slice(19));
    expect(sessions.body['data']).toHaveLength(2);
    expect(events.body['data']).toHaveLength(5);
  });

  it('has nothing of the password and of the tokens', async () => {
    const tokens = tokensOf(await register());
    const text = JSON.stringify(await ask(tokens.access));
    const hash = String(await sqlValue('SELECT password_hash FROM users'));
    for (const secret of [hash, tokens.access, tokens.refresh, joe.password]) expect(text).not.toContain(secret);
  });

  it('refuses a revoked session at once', async () => {
    const { access } = tokensOf(await register());
    await logOut(access);
    expect(await ask(access)).toMatchObject({ status: 401, body: { code: 'revoked_token' } });
  });
});
