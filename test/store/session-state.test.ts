import { env } from 'cloudflare:workers';
import { decodeJwt } from 'jose';
import { expect, it } from 'vitest';
import { sql } from '../support/database.ts';
import { bearer, startService, tokensOf } from '../support/service.ts';

const { call, register, logIn, logOut, refresh, status, listSessions } = startService();

const ofSession = (change: string) => (id: string) => sql(`UPDATE sessions SET ${change} WHERE id = ?`, id);

it.each<[string, (id: string) => Promise<unknown>, string]>([
  ['is revoked', ofSession('revoked_at = 1'), 'revoked_token'],
  ['is past its idle end', ofSession('expires_at = 1'), 'expired_token'],
  ['is past its absolute end', ofSession('started_at = 1'), 'expired_token'],
])('says on every route that a session is over when it %s', async (_, end, code) => {
  const tokens = tokensOf(await register());
  const other = tokensOf(await logIn());
  await end(String(decodeJwt(tokens.access)['sid']));
  expect(await status(tokens.access)).toMatchObject({ status: 401, body: { code } });
  expect(await logOut(tokens.access)).toMatchObject({ status: 401, body: { code } });
  expect(await refresh(tokens.refresh)).toMatchObject({ status: 401, body: { code: 'invalid_refresh_token' } });
  const { body } = await listSessions(other.access);
  expect(body['data']).toMatchObject([{ id: decodeJwt(other.access)['sid'] }]);
});

it('lets a session that has ended end no other, even when the denylist has it', async () => {
  const ended = tokensOf(await register());
  const other = tokensOf(await logIn());
  const id = String(decodeJwt(ended.access)['sid']);
  const otherId = String(decodeJwt(other.access)['sid']);
  await sql('UPDATE sessions SET expires_at = 1 WHERE id = ?', id);
  await env.DENYLIST.put(`sid:${id}`, '');
  for (const scope of ['all', 'others']) {
    expect(await logOut(ended.access, scope)).toMatchObject({ status: 401, body: { code: 'revoked_token' } });
  }
  const deletion = await call(`/auth/sessions/${otherId}`, { method: 'DELETE', headers: bearer(ended.access) });
  expect(deletion).toMatchObject({ status: 401, body: { code: 'revoked_token' } });
  expect(await status(other.access)).toMatchObject({ status: 200 });
});

it('says on every route that the sessions of a disabled user are over, revoked or not', async () => {
  const first = tokensOf(await register());
  const second = tokensOf(await logIn());
  await logOut(first.access);
  await sql('UPDATE users SET disabled_at = 1');
  for (const tokens of [first, second]) {
    expect(await status(tokens.access)).toMatchObject({ status: 401, body: { code: 'invalid_token' } });
    expect(await logOut(tokens.access)).toMatchObject({ status: 401, body: { code: 'invalid_token' } });
    expect(await refresh(tokens.refresh)).toMatchObject({ status: 401, body: { code: 'invalid_refresh_token' } });
  }
});
