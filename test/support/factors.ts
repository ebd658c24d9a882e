import { decodeBase32 } from '../../src/crypto/base32.ts';
import { TOTP_STEP_SECONDS, totpCode } from '../../src/crypto/totp.ts';
import { bearer, joe, startClock, startService, type ServiceResponse, tokensOf } from './service.ts';

/** What a login gets that has to show a second factor. */
export const secondFactorRequired = { status: 403, body: { code: 'second_factor_required' } };
export const wrongFactor = { status: 403, body: { code: 'wrong_factor' } };
export const invalidChallengeToken = { status: 400, body: { code: 'invalid_challenge_token' } };

/** Where requests come from in these tests: one network each. */
export const HOME = { 'CF-Connecting-IP': '203.0.113.7' };
export const ABROAD = { 'CF-Connecting-IP': '198.51.100.7' };

/** The service with a clock, and a call for each flow of second factors. */
export function startFactors({ env = {}, deps = {} }: Parameters<typeof startService>[0] = {}) {
  const clock = startClock();
  const service = startService({ env, deps: { now: clock.now, ...deps } });
  const { call, post } = service;

  /** The code of `secret` in the step that is `steps` from now. */
  const codeOf = (secret: string, steps = 0) =>
    totpCode(bytesOf(secret), Math.floor(clock.now().getTime() / 1000 / TOTP_STEP_SECONDS) + steps);

  const offerTotp = (access: string) => post('/auth/factors/totp', {}, bearer(access));
  const confirmTotp = (access: string, token: string, code: string) =>
    post('/auth/factors/totp/confirm', { enrolment_token: token, code }, bearer(access));
  const logInByFactor = (fields: object, headers: Record<string, string> = HOME) =>
    post('/auth/login/factor', fields, headers);
  const logIn = (headers: Record<string, string> = HOME, credentials = joe) =>
    post('/auth/login', credentials, headers);
  const remove = (access: string, path: string) =>
    call(`/auth/factors/${path}`, { method: 'DELETE', headers: bearer(access) });

  /** Sets up an app for whoever `access` stands for, and lets its code get old. */
  async function enrolTotp(access: string) {
    const { secret, enrolment_token: token } = dataOf(await offerTotp(access));
    const enrolled = await confirmTotp(access, String(token), await codeOf(String(secret)));
    clock.pass(2 * TOTP_STEP_SECONDS);
    return { secret: String(secret), access: textIn(enrolled, 'auth_token'), codes: codesIn(enrolled), enrolled };
  }

  return {
    ...service,
    clock,
    codeOf,
    offerTotp,
    confirmTotp,
    enrolTotp,
    logIn,
    logInByFactor,
    remove,
    factors: (access: string) => call('/auth/factors', { headers: bearer(access) }),
    reauthenticate: (access: string, proof: object, headers: Record<string, string> = HOME) =>
      post('/auth/reauthenticate', proof, { ...bearer(access), ...headers }),
    replaceCodes: (access: string) => call('/auth/factors/recovery-codes', { method: 'POST', headers: bearer(access) }),
    /** Registers `joe`, and sets up an app. */
    registerWithTotp: async () => enrolTotp(tokensOf(await post('/auth/register', joe, HOME)).access),
    /** Logs in with the password, and returns the challenge token. */
    challenge: async (headers: Record<string, string> = HOME, credentials = joe) =>
      textIn(await logIn(headers, credentials), 'challenge_token'),
  };
}

/** The `data` of a response. */
export function dataOf({ body }: ServiceResponse): Record<string, unknown> {
  const data: unknown = body['data'];
  if (typeof data !== 'object' || data === null) throw new TypeError(`no data: ${JSON.stringify(body['code'])}`);
  return { ...data };
}

/** The recovery codes of a response. */
export function codesIn({ body }: ServiceResponse): string[] {
  const codes: unknown = body['recovery_codes'];
  return Array.isArray(codes) ? codes.map(String) : [];
}

/** A field of a response. */
export function textIn({ body }: ServiceResponse, name: string): string {
  const value = body[name];
  if (typeof value !== 'string') throw new TypeError(`no ${name}: ${JSON.stringify(body['code'])}`);
  return value;
}

function bytesOf(secret: string): Uint8Array {
  const bytes = decodeBase32(secret);
  if (bytes === undefined) throw new TypeError('not base32');
  return bytes;
}
