import { describe, expect, it } from 'vitest';
import { sql, sqlValue } from '../../support/database.ts';
import { startFactors, secondFactorRequired } from '../../support/factors.ts';
import { operatorToken } from '../../support/operator.ts';
import { bearer, tokensOf } from '../../support/service.ts';

const remove = async ({ call }: ReturnType<typeof startFactors>, id: unknown, token: unknown) =>
  call(`/admin/users/${String(id)}/factors`, { method: 'DELETE', headers: bearer(token) });

describe('DELETE /admin/users/{id}/factors', () => {
  it('removes all factors of somebody who has lost them, and ends the sessions', async () => {
    const service = startFactors();
    const { registerWithTotp, logIn, status, clock, call } = service;
    const { access } = await registerWithTotp();
    const id = await sqlValue('SELECT id FROM users');
    const token = async () => operatorToken({ now: clock.now() });
    const shown = await call(`/admin/users/${String(id)}`, { headers: bearer(await token()) });
    expect(shown.body).toMatchObject({
      data: { second_factor: true, factors: { totp: true, passkeys: 0, recovery_codes: 10 } },
    });
    expect(await logIn()).toMatchObject(secondFactorRequired);
    expect(await remove(service, id, await token())).toMatchObject({
      status: 200,
      body: { status: 'success', message: 'Second factors removed.', factors_removed: 1, sessions_revoked: 1 },
    });
    expect(await status(access)).toMatchObject({ status: 401, body: { code: 'revoked_token' } });
    expect(await logIn()).toMatchObject({ status: 200 });
    expect(await sql('SELECT * FROM recovery_codes')).toEqual([]);
    expect(await sqlValue("SELECT actor FROM events WHERE type = 'factors_removed'")).toBe('operator');
    expect(await remove(service, id, await token())).toMatchObject({
      status: 200,
      body: { factors_removed: 0, sessions_revoked: 0 },
    });
  });

  it('is for operators alone', async () => {
    const service = startFactors();
    const { registerWithTotp, register } = service;
    const { access } = await registerWithTotp();
    const id = await sqlValue('SELECT id FROM users');
    const admin = tokensOf(await register({ email: 'jane@gmail.com', password: 'seven honest herons' }));
    await sql("UPDATE users SET admin = 1 WHERE email = 'jane@gmail.com'");
    expect(await remove(service, id, admin.access)).toMatchObject({ status: 403, body: { code: 'operator_required' } });
    expect(await remove(service, id, access)).toMatchObject({ status: 403, body: { code: 'admin_required' } });
    expect(await sqlValue('SELECT count(*) FROM totps')).toBe(1);
  });

  it('is 404 for nobody', async () => {
    const service = startFactors();
    const token = await operatorToken({ now: service.clock.now() });
    const none = await remove(service, '01a21687-ecff-7a0c-8a55-0f1e2d3c4b5a', token);
    expect(none).toMatchObject({ status: 404, body: { code: 'unknown_user' } });
  });
});
