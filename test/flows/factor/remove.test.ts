import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { atOnce } from '../../support/accounts.ts';
import { sql, sqlValue } from '../../support/database.ts';
import { dataOf, startFactors, textIn } from '../../support/factors.ts';
import { joe, startService, tokensOf } from '../../support/service.ts';
import { fail, watchDenylist } from '../../support/storage.ts';

describe('removing a factor', () => {
  it('ends all sessions, and goes on in a new one', async () => {
    const { registerWithTotp, challenge, logInByFactor, codeOf, remove, status, refresh, factors, clock } =
      startFactors();
    const { access, secret } = await registerWithTotp();
    const other = tokensOf(await logInByFactor({ challenge_token: await challenge(), code: await codeOf(secret) }));
    clock.pass(100);
    const removed = await remove(access, 'totp');
    expect(removed).toMatchObject({ status: 200, body: { message: 'Authenticator app removed.' } });
    const own = tokensOf(removed);
    for (const token of [access, other.access])
      expect(await status(token)).toMatchObject({ status: 401, body: { code: 'revoked_token' } });
    expect(await startService({ deps: { now: clock.now } }).verify(other.access)).toMatchObject({ status: 401 });
    expect(await refresh(other.refresh)).toMatchObject({ status: 401 });
    expect(await status(own.access)).toMatchObject({ status: 200 });
    expect(decodeJwt(own.access)).toMatchObject({ auth_time: decodeJwt(access)['auth_time'], acr: 'aal2' });
    expect(dataOf(await factors(own.access))).toMatchObject({ totp: null, recovery_codes: null });
    expect(await sql('SELECT * FROM recovery_codes')).toEqual([]);
  });

  it('wants a second factor that was shown lately', async () => {
    const { registerWithTotp, remove, clock, reauthenticate, codeOf, refresh, register, enrolTotp } = startFactors();
    const { access, secret } = await registerWithTotp();
    clock.pass(601);
    const refused = await remove(access, 'totp');
    expect(refused).toMatchObject({
      status: 401,
      body: { code: 'insufficient_user_authentication', max_age: 600, acr_values: 'aal2' },
    });
    expect(await sqlValue('SELECT count(*) FROM totps')).toBe(1);
    const raised = textIn(await reauthenticate(access, { code: await codeOf(secret) }), 'auth_token');
    expect(await remove(raised, 'totp')).toMatchObject({ status: 200 });
    const jane = tokensOf(await register({ ...joe, email: 'jane@gmail.com' }));
    await enrolTotp(jane.access);
    expect(await remove(jane.access, 'totp')).toMatchObject({ status: 401 });
    expect(await remove(tokensOf(await refresh(jane.refresh)).access, 'totp')).toMatchObject({ status: 200 });
  });

  it('is 404 where there is none, and nothing ends', async () => {
    const { register, remove, status } = startFactors();
    const { access } = tokensOf(await register());
    expect(await remove(access, 'totp')).toMatchObject({ status: 404, body: { code: 'unknown_factor' } });
    expect(await remove(access, 'passkeys/none')).toMatchObject({ status: 404, body: { code: 'unknown_passkey' } });
    expect(await status(access)).toMatchObject({ status: 200 });
  });

  it('has one effect when four ask at once', async () => {
    const { registerWithTotp, remove } = startFactors();
    const { access } = await registerWithTotp();
    const done = await atOnce(4, () => remove(access, 'totp'));
    expect(done.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await sqlValue('SELECT count(*) FROM sessions WHERE revoked_at IS NULL')).toBe(1);
  });

  it('is completed by a repetition when KV has failed', async () => {
    const { registerWithTotp, clock } = startFactors();
    const { access } = await registerWithTotp();
    let isBroken = true;
    const env = { DENYLIST: watchDenylist(({ operation }) => (isBroken && operation === 'put' ? fail() : undefined)) };
    const failing = startFactors({ env, deps: { now: clock.now } });
    expect(await failing.remove(access, 'totp')).toMatchObject({ status: 503 });
    isBroken = false;
    expect(await failing.remove(access, 'totp')).toMatchObject({ status: 401, body: { code: 'revoked_token' } });
    expect(await startService({ deps: { now: clock.now } }).verify(access)).toMatchObject({ status: 401 });
  });
});
