import { expect, it } from 'vitest';
import { parseChallenge } from '../../packages/playground/src/challenge.ts';
import { showValue } from '../../packages/playground/src/claims.ts';
import { createGivenTokens } from '../../packages/playground/src/given-tokens.ts';
import { readFactor } from '../../packages/playground/src/proof.ts';
import { stepUpOf } from '../../packages/playground/src/step-up.ts';

const challenge = {
  challenge_token: 'a.b',
  expires_in: 600,
  methods: ['totp', 'recovery_code'],
  passkey_options: null,
};

it('finds the challenge of a login that needs a second factor, or has to set one up', () => {
  const message = 'The account has a second factor. Send that too.';
  const refused = { status: 'fail', code: 'second_factor_required', message, ...challenge };
  const found = { kind: 'use', token: 'a.b', methods: ['totp', 'recovery_code'], passkeyOptions: null, message };
  expect(parseChallenge(JSON.stringify(refused))).toEqual(found);
  const toEnrol = { ...refused, code: 'second_factor_enrolment_required' };
  expect(parseChallenge(JSON.stringify(toEnrol))).toEqual({ ...found, kind: 'set up' });
  const registered = { status: 'success', message, ...challenge };
  expect(parseChallenge(JSON.stringify(registered))).toEqual({ ...found, kind: 'set up' });
});

it.each(['', 'null', '{}', '{"challenge_token":"a.b"}', '{"methods":[]}', '{"challenge_token":1,"methods":[]}'])(
  'finds no challenge in %j',
  (text) => {
    expect(parseChallenge(text)).toBeUndefined();
  },
);

it('takes digits for the code of an app, and anything else for a recovery code', () => {
  expect(readFactor(' 314 159 ')).toEqual({ code: '314 159' });
  expect(readFactor('123')).toEqual({ code: '123' });
  expect(readFactor('jbsw y3dp ehpk 3pxp')).toEqual({ recovery_code: 'jbsw y3dp ehpk 3pxp' });
  expect(readFactor('2345-2345-2345-2345')).toEqual({ recovery_code: '2345-2345-2345-2345' });
});

it('learns from a refusal which authentication a request wants', () => {
  const refusal = { status: 'fail', code: 'insufficient_user_authentication', max_age: 600 };
  expect(stepUpOf(401, JSON.stringify({ ...refusal, acr_values: 'aal2' }))).toEqual({ acr: 'aal2' });
  expect(stepUpOf(401, JSON.stringify({ ...refusal, acr_values: null }))).toEqual({ acr: undefined });
  expect(stepUpOf(401, '{"status":"fail","code":"expired_token"}')).toBeUndefined();
  expect(stepUpOf(401, '')).toBeUndefined();
});

it('shows the time of the authentication as a time of day too', () => {
  expect(showValue('auth_time', 1_300_819_380)).toMatch(/^1300819380 \(.+\)$/);
  expect(showValue('amr', ['pwd', 'otp', 'mfa'])).toBe('["pwd","otp","mfa"]');
});

it('answers one request of the client for tokens with those that the page has got', async () => {
  const sent: string[] = [];
  const given = createGivenTokens(async (input, init) => {
    sent.push(new URL(new Request(input, init).url).pathname);
    return new Response();
  });
  const post = async (path: string, body: object) => {
    const init = { method: 'POST', body: JSON.stringify(body) };
    return (await given.fetch(`http://localhost${path}`, init)).json();
  };

  given.give({ auth_token: 'a', expires_in: 900, recovery_codes: ['secret'] });
  await given.fetch('http://localhost/auth/status');
  expect(sent).toEqual(['/auth/status']);
  // A new access token of the session goes with the refresh token that is kept.
  const next = { status: 'success', auth_token: 'a', expires_in: 900, refresh_token: 'held' };
  expect(await post('/auth/refresh', { refresh_token: 'held' })).toEqual(next);
  expect(given.takeBack()).toBe(false);

  given.give({ auth_token: 'a', expires_in: 900, refresh_token: 'new' });
  expect(await post('/auth/login', { email: '', password: '' })).toEqual({ ...next, refresh_token: 'new' });

  given.give({});
  expect(given.takeBack()).toBe(true);
  await given.fetch('http://localhost/auth/refresh', { method: 'POST', body: '{}' });
  expect(sent).toEqual(['/auth/status', '/auth/refresh']);
});
