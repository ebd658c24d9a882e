import { expect, it } from 'vitest';
import { storedTypes } from '../../support/events.ts';
import { startFactors } from '../../support/factors.ts';
import { bearer, tokensOf } from '../../support/service.ts';

const passkey = {
  id: 'bm8',
  rawId: 'bm8',
  type: 'public-key',
  response: { clientDataJSON: 'e30', authenticatorData: 'bm8', signature: 'bm8', attestationObject: 'bm8' },
};
const challenge_token = 'x.y';

/** Bodies by their path, and the fields that are wrong. */
const bodies: [string, string, object, string[]][] = [
  ['no factor', '/auth/login/factor', { challenge_token }, ['code']],
  ['two factors', '/auth/login/factor', { challenge_token, code: '314159', recovery_code: 'x' }, ['code']],
  ['no challenge token', '/auth/login/factor', { code: '314159' }, ['challenge_token']],
  ['five digits', '/auth/login/factor', { challenge_token, code: '31415' }, ['code']],
  ['seven digits', '/auth/login/factor', { challenge_token, code: '3141592' }, ['code']],
  ['digits of another script', '/auth/login/factor', { challenge_token, code: '٣١٤١٥٩' }, ['code']],
  ['a number', '/auth/login/factor', { challenge_token, code: 314159 }, ['code']],
  ['a long recovery code', '/auth/login/factor', { challenge_token, recovery_code: 'x'.repeat(65) }, ['recovery_code']],
  ['a passkey that is text', '/auth/login/passkey', { passkey: 'x' }, ['passkey']],
  ['a passkey of another type', '/auth/login/passkey', { passkey: { ...passkey, type: 'x' } }, ['passkey.type']],
  [
    'a passkey without a response',
    '/auth/login/passkey',
    { passkey: { ...passkey, response: 1 } },
    ['passkey.response'],
  ],
  ['no proof', '/auth/reauthenticate', {}, ['code']],
  ['a password and a code', '/auth/reauthenticate', { password: 'x', code: '314159' }, ['password']],
  ['an app without a code', '/auth/factors/totp/confirm', { enrolment_token: 'x.y' }, ['code']],
  ['a challenge token that is no text', '/auth/factors/totp', { challenge_token: 1 }, ['challenge_token']],
  ['a passkey with a name of two lines', '/auth/factors/passkeys', { name: 'a\nb', passkey }, ['name']],
  ['a passkey with a long name', '/auth/factors/passkeys', { name: 'x'.repeat(101), passkey }, ['name']],
  [
    'a passkey with 17 transports',
    '/auth/factors/passkeys',
    { passkey: { ...passkey, response: { ...passkey.response, transports: Array.from({ length: 17 }, () => 'usb') } } },
    ['passkey.response.transports'],
  ],
];

it.each(bodies)(
  'responds to %s at POST %s with invalid_request, and counts no attempt',
  async (_, path, body, paths) => {
    const { register, post } = startFactors();
    const { access } = tokensOf(await register());
    const response = await post(path, body, bearer(access));
    expect(response).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    const message = expect.stringMatching(/^(Must|Is|Give|Goes) /);
    expect(response.body['errors']).toEqual(paths.map((path) => ({ path, message })));
    expect(await storedTypes()).toEqual(['user_registered']);
  },
);
