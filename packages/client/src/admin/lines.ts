import { isText, textOrNull } from '../client/account.ts';
import { fieldsOf } from '../client/response.ts';
import { isTexts } from '../verify/shapes.ts';
import { isFlag, unlike } from './records.ts';

/** A user with the password hash, as a line of an export has it. Whoever reads it can try passwords on the hash. */
export type UserLine = {
  id: string;
  email: string;
  /** The text of the hash; `null` for a user without a password. */
  password_hash: string | null;
  registered_on: string;
  email_verified: boolean;
  admin: boolean;
  roles: string[];
  claims: Record<string, unknown>;
  disabled: boolean;
  /** The language of the mails to the user; `null` when it is not known. */
  locale: string | null;
};

/** A line of an import. What is left out is as for a new account; `id` is then the service's choice. */
export type ImportLine = Pick<UserLine, 'email' | 'password_hash'> & Partial<UserLine>;

/** Checks `lines` before they are sent. Throws `TypeError` unless they are a list of objects. */
export function checkLines(lines: readonly ImportLine[]): void {
  if (Array.isArray(lines) && lines.every(fieldsOf)) return;
  throw new TypeError('Give the users as a list of objects.');
}

/** A line in the response to an export. Fields that this version does not know are kept. */
export function parseLine(entry: unknown): UserLine {
  const fields = fieldsOf(entry) ?? {};
  const { id, email, password_hash: hash, registered_on: on, email_verified: isVerified, locale } = fields;
  const { admin, roles, claims, disabled } = fields;
  const rights = fieldsOf(claims);
  if (!isText(id) || !isText(email) || !isText(on) || !isFlag(isVerified) || !isHash(hash)) throw notLine();
  if (!isFlag(admin) || !isTexts(roles) || rights === undefined || !isFlag(disabled)) throw notLine();
  const account = { id, email, password_hash: hash, registered_on: on, email_verified: isVerified };
  return { ...fields, ...account, admin, roles, claims: rights, disabled, locale: textOrNull(locale) };
}

/** A hash that is missing must not pass for a user without a password. */
const isHash = (value: unknown) => value === null || isText(value);

const notLine = () => unlike('a list of users with their hashes');
