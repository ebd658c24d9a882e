import { isTexts } from '../verify/shapes.ts';
import { isText, textOrNull } from './account.ts';
import { isPasskeyOptions, type LoginChallenge, type PasskeyOptions } from './challenge.ts';
import { LatchkeyError } from './errors.ts';
import { checkTexts } from './given.ts';
import { type Names, rename } from './names.ts';
import { type Fields, fieldsOf } from './response.ts';

/**
 * A second factor: the `code` of an app, a `recoveryCode`, or a `passkey`. `true` asks the browser for one. An
 * `AuthenticationResponseJSON` is for programs that have asked otherwise.
 */
export type Factor = { code: string } | { recoveryCode: string } | { passkey: true | object };

/** A passkey of the account. */
export type Passkey = { id: string; name: string; added_on: string; last_used_on: string | null; backed_up: boolean };

/** The second factors of the account. `required` says that it has to have one. */
export type Factors = {
  /** `null` when no app is set up. */
  totp: { added_on: string; last_used_on: string | null } | null;
  passkeys: Passkey[];
  /** `null` when there are none. */
  recovery_codes: { left: number; made_on: string } | null;
  required: boolean;
};

/**
 * An app to set up: show `qrSvg`, an SVG image, or `secret` for typing. Nothing is stored before `confirmTotp` takes
 * `enrolmentToken` with a code of the app.
 */
export type NewTotp = {
  secret: string;
  otpauthUri: string;
  qrSvg: string;
  enrolmentToken: string;
  expiresInSeconds: number;
};

/**
 * What comes of a new factor. The first one makes `recoveryCodes`: show them once, nobody can read them again. `undefined`
 * when the account has some already.
 */
export type Enrolled = { recoveryCodes: string[] | undefined };

const FACTOR_NAMES: Names = { code: 'code', recoveryCode: 'recovery_code', passkey: 'passkey' };
const PROOF_NAMES: Names = { password: 'password', ...FACTOR_NAMES };

/** The one factor that is given, as the service names it. Throws `TypeError` for none, several, or another name. */
export const factorFields = (given: Factor) => soleField(FACTOR_NAMES, given);

/** The same for a proof of who somebody is, which may also be the password. */
export const proofFields = (given: Factor | { password: string }) => soleField(PROOF_NAMES, given);

/** The field of a challenge. Throws `TypeError` for what is none. */
export function challengeFields(challenge: LoginChallenge): Fields {
  checkTexts(challenge, 'token');
  return { challenge_token: challenge.token };
}

/** The factors in a response. Fields that this version does not know are kept, here and below. */
export function parseFactors(data: unknown): Factors {
  const fields = fieldsOf(data) ?? {};
  const { totp, passkeys, recovery_codes: codes, required } = fields;
  if (!Array.isArray(passkeys) || typeof required !== 'boolean') throw unlike('a list of factors');
  return {
    ...fields,
    totp: totp === null ? null : parseTotp(totp),
    passkeys: passkeys.map(parsePasskey),
    recovery_codes: codes === null ? null : parseCodes(codes),
    required,
  };
}

/** What a new passkey is named by from now on. */
export function parsePasskeyId(data: unknown): { id: string } {
  const fields = fieldsOf(data) ?? {};
  const { id } = fields;
  if (!isText(id)) throw unlike('a passkey');
  return { ...fields, id };
}

function parsePasskey(entry: unknown): Passkey {
  const fields = fieldsOf(entry) ?? {};
  const { id, name, added_on: on, last_used_on: use, backed_up: isBackedUp } = fields;
  if (!isText(id) || !isText(name) || !isText(on) || typeof isBackedUp !== 'boolean') throw unlike('a passkey');
  return { ...fields, id, name, added_on: on, last_used_on: textOrNull(use), backed_up: isBackedUp };
}

export function parseNewTotp(data: unknown): NewTotp {
  const { secret, otpauth_uri: uri, qr_svg: qr, enrolment_token: token, expires_in: seconds } = fieldsOf(data) ?? {};
  if (!isText(secret) || !isText(uri) || !isText(qr) || !isText(token) || typeof seconds !== 'number') {
    throw unlike('an app to set up');
  }
  return { secret, otpauthUri: uri, qrSvg: qr, enrolmentToken: token, expiresInSeconds: seconds };
}

/** The recovery codes that are new. */
export function parseRecoveryCodes(data: unknown): string[] {
  const codes = fieldsOf(data)?.['recovery_codes'];
  if (!isTexts(codes)) throw unlike('a list of recovery codes');
  return codes;
}

/** What comes of a new factor. */
export function parseEnrolled(body: Fields): Enrolled {
  return { recoveryCodes: body['recovery_codes'] === null ? undefined : parseRecoveryCodes(body) };
}

export function parsePasskeyOptions(data: unknown): PasskeyOptions {
  if (!isPasskeyOptions(data)) throw unlike('the options for a passkey');
  return data;
}

function soleField(names: Names, given: object): Fields {
  const fields: Fields = rename<unknown>(names, { ...given });
  const [name, ...others] = Object.keys(fields);
  const value = name === undefined ? undefined : fields[name];
  const isGood = name === 'passkey' ? value === true || fieldsOf(value) !== undefined : isText(value);
  if (isGood && others.length === 0) return fields;
  throw new TypeError(`Give an object with one of ${Object.keys(names).join(', ')}.`);
}

function parseTotp(value: unknown): Factors['totp'] {
  const fields = fieldsOf(value) ?? {};
  const { added_on: on, last_used_on: use } = fields;
  if (!isText(on)) throw unlike('a list of factors');
  return { ...fields, added_on: on, last_used_on: textOrNull(use) };
}

function parseCodes(value: unknown): Factors['recovery_codes'] {
  const fields = fieldsOf(value) ?? {};
  const { left, made_on: on } = fields;
  if (typeof left !== 'number' || !isText(on)) throw unlike('a list of factors');
  return { ...fields, left, made_on: on };
}

const unlike = (what: string) => new LatchkeyError('unexpected_response', `The response is not ${what}.`);
