import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import known from '../../crypto/known-answers.json' with { type: 'json' };
import { sqlValue } from '../../support/database.ts';
import { startClients } from '../../support/clients.ts';
import { startClock, tokensOf } from '../../support/service.ts';
import { fail, type KvOperation, watchDatabase, watchDenylist } from '../../support/storage.ts';

const { revoke, register, logIn, refresh, status, verify } = startClients();
const revoked = { status: 401, body: { code: 'revoked_token' } };

describe.each(['access', 'refresh'] as const)('POST /oauth/revoke with the %s token', (kind) => {
  it('revokes only its session, in the database and the denylist', async () => {
    const tokens = tokensOf(await register());
    const other = tokensOf(await logIn());
    const response = await revoke({ token: tokens[kind], token_type_hint: 'access_token' });
    expect(response).toMatchObject({ status: 200, body: {} });
    expect(await status(tokens.access)).toMatchObject(revoked);
    expect(await verify(tokens.access)).toMatchObject(revoked);
    expect(await refresh(tokens.refresh)).toMatchObject({ status: 401 });
    expect(await status(other.access)).toMatchObject({ status: 200 });
  });

  it('succeeds again and changes nothing', async () => {
    const tokens = tokensOf(await register());
    await revoke({ token: tokens[kind] });
    const before = await sqlValue('SELECT revoked_at FROM sessions');
    expect(await revoke({ token: tokens[kind] })).toMatchObject({ status: 200 });
    expect(await sqlValue('SELECT revoked_at FROM sessions')).toBe(before);
  });

  it.each([
    ['database', watchDatabase(fail)],
    [
      'denylist',
      { DENYLIST: watchDenylist(({ operation }: KvOperation) => (operation === 'put' ? fail() : undefined)) },
    ],
  ])('responds with 503 when the %s fails, and succeeds when it is repeated', async (_, broken) => {
    const tokens = tokensOf(await register());
    const response = await startClients({ env: broken }).revoke({ token: tokens[kind] });
    expect(response).toMatchObject({ status: 503, body: { error: 'temporarily_unavailable' } });
    expect(response.headers.get('retry-after')).toBe('5');
    expect(await revoke({ token: tokens[kind] })).toMatchObject({ status: 200 });
    expect(await verify(tokens.access)).toMatchObject(revoked);
    expect(await status(tokens.access)).toMatchObject(revoked);
  });
});

describe('POST /oauth/revoke', () => {
  it('revokes the session of an expired access token', async () => {
    const tokens = tokensOf(await register());
    const clock = startClock();
    clock.pass(20 * 86_400);
    const later = startClients({ deps: { now: clock.now } });
    expect(await later.revoke({ token: tokens.access })).toMatchObject({ status: 200, body: {} });
    expect(await later.refresh(tokens.refresh)).toMatchObject({ status: 401 });
  });

  it('revokes the session of a refresh token of an earlier generation', async () => {
    const first = tokensOf(await register());
    const second = tokensOf(await refresh(first.refresh));
    expect(await revoke({ token: first.refresh })).toMatchObject({ status: 200 });
    expect(await refresh(second.refresh)).toMatchObject({ status: 401 });
  });

  it('responds with 503 when a signing key cannot be used, because it cannot tell whose token it is', async () => {
    const { access } = tokensOf(await register());
    const SIGNING_KEYS = env.SIGNING_KEYS.replace(/"x":".{9}/, '"x":"AAAAAAAAA');
    const response = await startClients({ env: { SIGNING_KEYS } }).revoke({ token: access });
    expect(response).toMatchObject({ status: 503, body: { error: 'temporarily_unavailable' } });
    expect(await status(access)).toMatchObject({ status: 200 });
  });

  it('succeeds and does nothing for a token that is not ours', async () => {
    const tokens = tokensOf(await register());
    const untouched = startClients({ env: { ...watchDatabase(fail), DENYLIST: watchDenylist(fail) } });
    const foreign = tokensOf(await startClients({ env: { SECRET_KEY: known.secretKey } }).logIn());
    const spaced = `${tokens.access.slice(0, -9)} ${tokens.access.slice(-9)}`;
    for (const token of [foreign.refresh, 'a.b.c', spaced]) {
      expect(await untouched.revoke({ token })).toMatchObject({ status: 200, body: {} });
    }
    expect(await status(tokens.access)).toMatchObject({ status: 200 });
  });
});
