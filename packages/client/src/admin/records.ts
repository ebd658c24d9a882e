import { type AnySession, isText, parseAnySession, parseUser, textOrNull, type User } from '../client/account.ts';
import { LatchkeyError } from '../client/errors.ts';
import { type Fields, fieldsOf } from '../client/response.ts';
import type { Answer } from './caller.ts';

/**
 * An account, as administrators see it. `disabled_on` is `null` for one that is not disabled. `second_factor` says whether it
 * has one.
 */
export type AdminUser = User & { disabled_on: string | null; second_factor: boolean };

/** An account with what tells why its user cannot log in. */
export type AdminUserDetails = AdminUser & {
  /** Since when mails do not reach the address. */
  undeliverable_on: string | null;
  live_sessions: number;
  /** Whether an app shows codes; how many passkeys there are, and recovery codes that are not used. */
  factors: { totp: boolean; passkeys: number; recovery_codes: number };
  login: {
    /** How the password is hashed; `none` for a user without one, `unknown` for a hash that nobody can verify. */
    password_scheme: string;
    /** Whether a password can log the user in. Where it is `false`, only a reset helps. */
    password_usable: boolean;
    last_login_on: string | null;
    last_failed_on: string | null;
    /** Until when attempts have to wait: those of one `network`, or for the `account` those of all unknown networks. */
    waits: { until: string; by: string }[];
  };
};

/** A link that lets the user set a password: mailed, or handed over to an operator. */
export type Delivery = { mailed: boolean; link: string | null; expires_on: string };

/** The account in a response. Fields that this version does not know are kept, here and below. */
export function parseAdminUser(data: unknown): AdminUser {
  const user: User & Fields = parseUser(data);
  // An older service has no second factors.
  return { ...user, disabled_on: textOrNull(user['disabled_on']), second_factor: user['second_factor'] === true };
}

export function parseDetails(data: unknown): AdminUserDetails {
  const user: AdminUser & Fields = parseAdminUser(data);
  const { live_sessions: sessions, undeliverable_on: on } = user;
  const login = fieldsOf(user['login']) ?? {};
  const {
    password_scheme: scheme,
    password_usable: usable,
    last_login_on: last,
    last_failed_on: failed,
    waits,
  } = login;
  if (typeof sessions !== 'number' || !isText(scheme) || !Array.isArray(waits)) throw unlike('an account');
  // An older service does not tell whether a password can be used.
  const password = { password_scheme: scheme, password_usable: isFlag(usable) ? usable : scheme !== 'none' };
  const times = { last_login_on: textOrNull(last), last_failed_on: textOrNull(failed) };
  return {
    ...user,
    undeliverable_on: textOrNull(on),
    live_sessions: sessions,
    factors: parseCounts(user['factors']),
    login: { ...login, ...password, ...times, waits: waits.map(parseWait) },
  };
}

/** An older service has no second factors. */
function parseCounts(value: unknown = { totp: false, passkeys: 0, recovery_codes: 0 }): AdminUserDetails['factors'] {
  const fields = fieldsOf(value) ?? {};
  const { totp, passkeys, recovery_codes: codes } = fields;
  if (!isFlag(totp) || typeof passkeys !== 'number' || typeof codes !== 'number') throw unlike('an account');
  return { ...fields, totp, passkeys, recovery_codes: codes };
}

function parseWait(entry: unknown): { until: string; by: string } {
  const fields = fieldsOf(entry) ?? {};
  const { until, by } = fields;
  if (!isText(until) || !isText(by)) throw unlike('an account');
  return { ...fields, until, by };
}

export function parseDelivery(data: unknown): Delivery {
  const fields = fieldsOf(data) ?? {};
  const { mailed, link, expires_on: end } = fields;
  if (typeof mailed !== 'boolean' || !isText(end) || isText(link) === mailed) throw unlike('a link or a mail');
  return { ...fields, mailed, link: textOrNull(link), expires_on: end };
}

export function parseSessionsOfUser(data: unknown): AnySession[] {
  if (!Array.isArray(data)) throw unlike('a list of sessions');
  return data.map(parseAnySession);
}

/** The number `name` in the body of a success. */
export function countIn({ body }: Answer, name: string): number {
  const count = body[name];
  if (typeof count !== 'number') throw unlike('a success with numbers');
  return count;
}

/** The ETag of the account in the response. Without one, no change could depend on it. */
export function etagIn({ etag }: Answer): string {
  if (etag === null) throw unlike('an account with an ETag');
  // A proxy that compresses the response makes its ETag weak, and If-Match needs a strong one.
  return etag.replace(/^W\//, '');
}

/** Whether `value` is a boolean. */
export const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';

export const unlike = (what: string) => new LatchkeyError('unexpected_response', `The response is not ${what}.`);
