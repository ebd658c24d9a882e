import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { sql, sqlValue } from '../../support/database.ts';
import { codesIn, dataOf, HOME, invalidChallengeToken, startFactors, textIn } from '../../support/factors.ts';
import { bearer, joe, tokensOf } from '../../support/service.ts';
import { stepUp } from '../../support/step-up.ts';
import { addPasskeys } from '../../support/stored-factors.ts';

const required = { env: { SECOND_FACTOR: 'required' } };
const enrolmentRequired = { status: 403, body: { code: 'second_factor_enrolment_required' } };

describe('SECOND_FACTOR=required', () => {
  it('makes an account without a session, and lets it set up an app and nothing else', async () => {
    const { post, codeOf, call, status } = startFactors(required);
    const registered = await post('/auth/register', joe, HOME);
    expect(registered).toMatchObject({
      status: 201,
      body: { status: 'success', expires_in: 600, methods: ['totp', 'passkey'], passkey_options: null },
    });
    expect(registered.body['auth_token']).toBeUndefined();
    expect(await sqlValue('SELECT count(*) FROM sessions')).toBe(0);
    const token = textIn(registered, 'challenge_token');
    for (const path of ['/auth/status', '/auth/factors', '/auth/sessions', '/auth/keys', '/auth/verify'])
      expect(await call(path, { headers: bearer(token) })).toMatchObject({ status: 401 });
    expect(await status(token)).toMatchObject({ status: 401 });
    expect(await post('/auth/login/factor', { challenge_token: token, code: '123456' }, HOME)).toMatchObject(
      invalidChallengeToken,
    );

    const { secret, enrolment_token } = dataOf(await post('/auth/factors/totp', { challenge_token: token }, HOME));
    const fields = { enrolment_token, challenge_token: token, code: await codeOf(String(secret)) };
    const enrolled = await post('/auth/factors/totp/confirm', fields, HOME);
    expect(enrolled).toMatchObject({ status: 200, body: { message: 'Authenticator app set up.' } });
    expect(codesIn(enrolled)).toHaveLength(10);
    const { access } = tokensOf(enrolled);
    expect(decodeJwt(access)).toMatchObject({ acr: 'aal2', amr: ['pwd', 'otp', 'mfa'] });
    expect(await status(access)).toMatchObject({ status: 200 });
    expect(await post('/auth/factors/totp', { challenge_token: token }, HOME)).toMatchObject(invalidChallengeToken);
    expect(await sqlValue("SELECT count(*) FROM events WHERE type = 'login' AND session_id IS NOT NULL")).toBe(1);
    expect(await sqlValue('SELECT count(*) FROM known_networks')).toBe(1);
  });

  it('asks whoever has none to set one up at the login', async () => {
    await startFactors().post('/auth/register', joe, HOME);
    const { logIn, post, codeOf } = startFactors(required);
    const asked = await logIn();
    expect(asked).toMatchObject(enrolmentRequired);
    expect(asked.body).toMatchObject({ methods: ['totp', 'passkey'], passkey_options: null });
    const token = textIn(asked, 'challenge_token');
    const { secret, enrolment_token } = dataOf(await post('/auth/factors/totp', { challenge_token: token }, HOME));
    const elsewhere = { 'CF-Connecting-IP': '198.51.100.1' };
    expect(await post('/auth/factors/totp', { challenge_token: token }, elsewhere)).toMatchObject(
      invalidChallengeToken,
    );
    const fields = { enrolment_token, challenge_token: token, code: await codeOf(String(secret)) };
    expect(await post('/auth/factors/totp/confirm', fields, HOME)).toMatchObject({ status: 200 });
  });

  it('lets nobody set up a factor by a challenge whose account has one, or needs none', async () => {
    const { post } = startFactors(required);
    const token = textIn(await post('/auth/register', joe, HOME), 'challenge_token');
    const ask = (service = { post }) => service.post('/auth/factors/totp', { challenge_token: token }, HOME);
    expect(await ask(startFactors())).toMatchObject(invalidChallengeToken);
    expect(await ask()).toMatchObject({ status: 200 });
    await addPasskeys();
    expect(await ask()).toMatchObject(invalidChallengeToken);
  });

  it('keeps the last factor, and lets another app take its place', async () => {
    const { post, codeOf, remove, enrolTotp, factors } = startFactors(required);
    const token = textIn(await post('/auth/register', joe, HOME), 'challenge_token');
    const { secret, enrolment_token } = dataOf(await post('/auth/factors/totp', { challenge_token: token }, HOME));
    const fields = { enrolment_token, challenge_token: token, code: await codeOf(String(secret)) };
    const { access } = tokensOf(await post('/auth/factors/totp/confirm', fields, HOME));
    expect(dataOf(await factors(access))).toMatchObject({ required: true });
    expect(await remove(access, 'totp')).toMatchObject({ status: 409, body: { code: 'last_factor' } });
    const replaced = await enrolTotp(access);
    expect(replaced.enrolled).toMatchObject({ status: 200 });
    await sql(`INSERT INTO passkeys SELECT 'other', id, 'Phone', '{}', 0, 0, '[]', 1, NULL FROM users`);
    expect(await remove(replaced.access, 'totp')).toMatchObject({ status: 200 });
  });

  it('ends no session at once, and refreshes none without a second factor', async () => {
    const { access, refresh } = tokensOf(await startFactors().post('/auth/register', joe, HOME));
    const service = startFactors(required);
    expect(await service.status(access)).toMatchObject({ status: 200 });
    expect(await service.refresh(refresh)).toMatchObject({ status: 401, body: { code: 'invalid_refresh_token' } });
    expect(await service.reauthenticate(access, { password: joe.password })).toMatchObject(enrolmentRequired);
  });
});

describe('SECOND_FACTOR=required, for a session from before', () => {
  it('begins no new one by a change of the password, and gets its factor', async () => {
    const { access } = tokensOf(await startFactors().post('/auth/register', joe, HOME));
    const { post, enrolTotp } = startFactors(required);
    const fields = { current_password: joe.password, new_password: 'eight honest herons' };
    expect(await post('/auth/password', fields, bearer(access))).toMatchObject(stepUp('aal2'));
    const enrolled = await enrolTotp(access);
    const changed = tokensOf(await post('/auth/password', fields, bearer(enrolled.access)));
    expect(decodeJwt(changed.access)).toMatchObject({ acr: 'aal2' });
  });
});

describe('SECOND_FACTOR=admins', () => {
  it('asks administrators alone', async () => {
    await startFactors().post('/auth/register', joe, HOME);
    const { logIn } = startFactors({ env: { SECOND_FACTOR: 'admins' } });
    expect(await logIn()).toMatchObject({ status: 200 });
    await sql('UPDATE users SET admin = 1');
    expect(await logIn()).toMatchObject(enrolmentRequired);
  });
});

describe('setting up a factor', () => {
  it('takes a recent login', async () => {
    const { register, offerTotp, clock } = startFactors();
    const { access } = tokensOf(await register());
    clock.pass(602);
    expect(await offerTotp(access)).toMatchObject({ status: 401, body: { code: 'insufficient_user_authentication' } });
  });

  it('by a challenge token ends with a change of the account', async () => {
    const { post } = startFactors(required);
    const token = textIn(await post('/auth/register', joe, HOME), 'challenge_token');
    await sql('UPDATE users SET version = version + 1');
    expect(await post('/auth/factors/totp', { challenge_token: token }, HOME)).toMatchObject(invalidChallengeToken);
  });
});
