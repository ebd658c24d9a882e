import assert from 'node:assert/strict';
import { decodeJwt } from 'jose';
import { z } from 'zod';
import { assertResponse, type Client, type ServiceResponse, type Tokens, tokensOf } from '../harness/http-client.ts';

const STEP_MS = 30_000;

const user = { email: 'factors@example.org', password: '123456' };

/**
 * Enrols an authenticator app, logs in with a code of it, is refused a replay, uses recovery codes, and steps up a session
 * that began with the password alone.
 */
export async function useSecondFactors(client: Client): Promise<void> {
  const { post, register, logIn } = client;
  const first = await register(user);
  const second = await logIn(user);
  const { secret, step, recoveryCodes } = await enrol(client, first);

  // The code of the next step is taken too, because clocks differ.
  const code = await codeOf(secret, step + 1);
  const byCode = { challenge_token: await challengeOf(client), code };
  const loggedIn = await post('/auth/login/factor', byCode);
  assertResponse(loggedIn, 200, 'Successfully logged in.');
  assert.deepEqual(methodsOf(tokensOf(loggedIn)), ['aal2', ['pwd', 'otp', 'mfa']]);
  assertResponse(await post('/auth/login/factor', byCode), 403, 'wrong_factor');
  const replay = { ...byCode, challenge_token: await challengeOf(client) };
  assertResponse(await post('/auth/login/factor', replay), 403, 'wrong_factor');

  await stepUp(client, second, recoveryCodes[0] ?? '');
  const byRecoveryCode = { challenge_token: await challengeOf(client), recovery_code: recoveryCodes[1]?.toLowerCase() };
  assert.deepEqual(methodsOf(tokensOf(await post('/auth/login/factor', byRecoveryCode))), [
    'aal2',
    ['pwd', 'recovery', 'mfa'],
  ]);
  console.log('ok: a second factor, its replay, recovery codes, and a step-up');
}

async function enrol({ post }: Client, { accessToken }: Tokens) {
  const begun = await post('/auth/factors/totp', {}, accessToken);
  assert.equal(begun.status, 200);
  const { data } = z
    .object({ data: z.object({ secret: z.string(), enrolment_token: z.string(), qr_svg: z.string() }) })
    .parse(begun.body);
  assert.match(data.qr_svg, /^<svg [^]+<\/svg>\s*$/);
  const step = Math.floor(Date.now() / STEP_MS);
  const fields = { enrolment_token: data.enrolment_token, code: await codeOf(data.secret, step) };
  const { status, body } = await post('/auth/factors/totp/confirm', fields, accessToken);
  assert.equal(status, 200, JSON.stringify(body['code']));
  const { recovery_codes } = z.object({ recovery_codes: z.array(z.string()).length(10) }).parse(body);
  return { secret: data.secret, step, recoveryCodes: recovery_codes };
}

/** The challenge that the password gets. It begins no session. */
async function challengeOf({ post }: Client): Promise<string> {
  const response = await post('/auth/login', user);
  assertResponse(response, 403, 'second_factor_required');
  assert.equal(response.body['auth_token'], undefined);
  const { challenge_token, methods } = z
    .object({ challenge_token: z.string(), methods: z.array(z.string()) })
    .parse(response.body);
  assert.deepEqual(methods, ['totp', 'recovery_code']);
  return challenge_token;
}

/** The session goes on, and what is dangerous wants the second factor that the account has got meanwhile. */
async function stepUp(client: Client, tokens: Tokens, recoveryCode: string): Promise<void> {
  const { accessToken } = tokensOf(await client.refresh(tokens.refreshToken));
  assert.deepEqual(methodsOf({ accessToken }), ['aal1', ['pwd']]);
  const refused = await makeKey(client, accessToken);
  assertResponse(refused, 401, 'insufficient_user_authentication');
  assert.match(refused.headers.get('www-authenticate') ?? '', /max_age="600", acr_values="aal2"/);
  const prove = (proof: object) => client.post('/auth/reauthenticate', proof, accessToken);
  assertResponse(await prove({ password: user.password }), 403, 'second_factor_required');
  const proved = await prove({ recovery_code: recoveryCode });
  assertResponse(proved, 200, 'Authenticated.');
  assertResponse(await prove({ recovery_code: recoveryCode }), 403, 'wrong_factor');
  const raised = z.object({ auth_token: z.string() }).parse(proved.body).auth_token;
  assert.deepEqual(methodsOf({ accessToken: raised }), ['aal2', ['pwd', 'recovery', 'mfa']]);
  assert.equal((await makeKey(client, raised)).status, 201);
}

const makeKey = ({ post }: Client, token: string): Promise<ServiceResponse> =>
  post('/auth/keys', { name: 'after a step-up' }, token);

/** What the access token says of the login. */
function methodsOf({ accessToken }: Pick<Tokens, 'accessToken'>) {
  const claims = z.object({ acr: z.string(), amr: z.array(z.string()), auth_time: z.number() });
  const { acr, amr } = claims.parse(decodeJwt(accessToken));
  return [acr, amr];
}

/** The code that an app shows for `secret` (base32) in a step of 30 seconds (RFC 6238). */
async function codeOf(secret: string, step: number): Promise<string> {
  const bits = Array.from(secret, (letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const bytes = Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-1' }, false, ['sign']);
  const counter = new DataView(new ArrayBuffer(8));
  counter.setBigUint64(0, BigInt(step));
  const mac = new DataView(await crypto.subtle.sign('HMAC', key, counter));
  const number = mac.getUint32(mac.getUint8(19) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
