import { madeFor, openBrowser } from './browser.ts';
import { decodeBase32 } from '../../src/crypto/base32.ts';
import { TOTP_STEP_SECONDS, totpCode } from '../../src/crypto/totp.ts';
import { dataOf, textIn } from './factors.ts';
import { bearer, startService } from './service.ts';

/** What a request about factors has: the access token of joe, who has shown the factor, and the values of fields. */
export type FactorRequest = {
  access?: string;
  values: { id?: string; code?: string; challenge_token?: string; enrolment_token?: string; passkey?: object };
};

const { post, logIn } = startService();
const { logIn: logInToEnrol } = startService({ env: { SECOND_FACTOR: 'required' } });

/** The code of the next step: that of the current one has set up the app. Both are right for a minute. */
const nextCode = (secret: string) =>
  totpCode(decodeBase32(secret) ?? new Uint8Array(), Math.floor(Date.now() / 1000 / TOTP_STEP_SECONDS) + 1);

async function offer(access: string) {
  const { secret, enrolment_token: token } = dataOf(await post('/auth/factors/totp', {}, bearer(access)));
  return { enrolment_token: String(token), secret: String(secret) };
}

/** Sets up an app. */
async function withApp(access: string) {
  const { enrolment_token, secret } = await offer(access);
  const code = await totpCode(
    decodeBase32(secret) ?? new Uint8Array(),
    Math.floor(Date.now() / 1000 / TOTP_STEP_SECONDS),
  );
  const enrolled = await post('/auth/factors/totp/confirm', { enrolment_token, code }, bearer(access));
  return { access: textIn(enrolled, 'auth_token'), secret };
}

/** Sets up a passkey. */
async function withPasskey(access: string) {
  const browser = await openBrowser();
  const options = await post('/auth/factors/passkeys/options', {}, bearer(access));
  const enrolled = await post('/auth/factors/passkeys', await madeFor(browser, options), bearer(access));
  return { access: textIn(enrolled, 'auth_token'), browser };
}

const oneApp = async (access: string): Promise<FactorRequest> => ({ ...(await withApp(access)), values: {} });

const onePasskey = async (access: string): Promise<FactorRequest> => {
  const { access: raised, browser } = await withPasskey(access);
  return { access: raised, values: { id: browser.id } };
};

/** By the path of the route, or a name: sets up what the request takes. joe has `access`. Others take nothing. */
const setUps: Record<string, (access: string) => Promise<FactorRequest>> = {
  '/auth/login/factor': async (access) => {
    const { access: raised, secret } = await withApp(access);
    const challenge_token = textIn(await logIn(), 'challenge_token');
    return { access: raised, values: { challenge_token, code: await nextCode(secret) } };
  },
  '/auth/login/passkey': async (access) => {
    const { access: raised, browser } = await withPasskey(access);
    const options = dataOf(await post('/auth/login/passkey/options', {}));
    return { access: raised, values: { passkey: await browser.use(options) } };
  },
  '/auth/factors/recovery-codes': oneApp,
  '/auth/factors/totp': oneApp,
  '/auth/factors/totp/confirm': async (access) => {
    const { enrolment_token, secret } = await offer(access);
    return { values: { enrolment_token, code: await nextCode(secret) } };
  },
  '/auth/factors/passkeys': async (access) => {
    const { access: raised } = await withApp(access);
    const options = await post('/auth/factors/passkeys/options', {}, bearer(raised));
    return { access: raised, values: await madeFor(await openBrowser(), options) };
  },
  '/auth/factors/passkeys/{id}': onePasskey,
  '/admin/users/{id}/factors': oneApp,
  'a login that has to set up a factor': async () => ({
    values: { challenge_token: textIn(await logInToEnrol(), 'challenge_token') },
  }),
};

/** Whether the request at `path` needs a factor, or the set-up of one. */
export const takesFactors = (path: string): boolean => Object.hasOwn(setUps, path);

/** What the request at `path` takes of the factors of joe, who has `access`. */
export const factorRequestFor = async (path: string, access: string): Promise<FactorRequest> =>
  (await setUps[path]?.(access)) ?? { values: {} };
