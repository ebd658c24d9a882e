import { Failure } from '../../../command.ts';
import { copyOf } from '../copy-of.ts';
import type { Fields, Item } from '../formats/item.ts';
import { type Convert, RowFault, type Source } from './source.ts';
import { findMoment, findText, getAddress, getBoolean } from './values.ts';

/**
 * The tables `user` and `account` of Better Auth, in one file or in several. Reads them twice: the passwords are in
 * `account`, which may come first or last.
 */
export const betterAuth: Source = {
  what: "a dump of Better Auth's user and account tables",
  formats: ['sql', 'csv', 'json'],
  tables: ['user', 'users', 'account', 'accounts'].map((name) => ({ name })),
  lacks: (record) => {
    const fields = plainNames(record);
    return isAccount(fields) || isUser(fields) ? undefined : 'its columns are neither those of user nor of account';
  },
  readsTwice: true,
  start: async (readAll, now) => convertWith(await readPasswords(readAll), now),
};

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

function convertWith(passwords: Map<string, string>, now: Date): Convert {
  return (record) => {
    const fields = plainNames(record);
    if (isAccount(fields)) return undefined;
    if (getBoolean(fields, 'isanonymous')) throw new RowFault('This user is anonymous.');
    const oldId = findText(fields, 'id');
    const registered = findMoment(fields, 'createdat');
    const roles = (findText(fields, 'role') ?? '').split(',').map((role) => role.trim());
    const line = {
      email: getAddress(fields),
      password_hash: passwords.get(oldId ?? '') ?? null,
      ...(oldId !== undefined && UUID.test(oldId) ? { id: oldId } : {}),
      ...(registered === undefined ? {} : { registered_on: registered }),
      email_verified: getBoolean(fields, 'emailverified'),
      // The role `admin` gives no rights over Latchkey itself.
      roles: Array.from(new Set(roles.filter((role) => role !== ''))),
      disabled: isBanned(fields, now),
    };
    return { line, oldId };
  };
}

/** The hashes of passwords by the ids of users. */
async function readPasswords(readAll: () => AsyncIterable<Item>): Promise<Map<string, string>> {
  const passwords = new Map<string, string>();
  let hasAccounts = false;
  for await (const item of readAll()) {
    const fields = 'record' in item ? plainNames(item.record) : {};
    if (!isAccount(fields)) continue;
    hasAccounts = true;
    const [user, password] = [fields['userid'], fields['password']];
    if (fields['providerid'] === 'credential' && typeof user === 'string' && typeof password === 'string')
      passwords.set(user, copyOf(password));
  }
  if (!hasAccounts) throw new Failure('The passwords are missing: give the table account of Better Auth too.', 2);
  return passwords;
}

/** The fields by names without underscores, in lower case: `emailVerified` and `email_verified` are one. */
const plainNames = (record: Fields): Fields =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name.replaceAll('_', '').toLowerCase(), value]));

const isAccount = (fields: Fields) => Object.hasOwn(fields, 'providerid') && Object.hasOwn(fields, 'userid');
const isUser = (fields: Fields) => Object.hasOwn(fields, 'email') && Object.hasOwn(fields, 'emailverified');

function isBanned(fields: Fields, now: Date): boolean {
  const until = findMoment(fields, 'banexpires');
  return getBoolean(fields, 'banned') && (until === undefined || Date.parse(until) > now.getTime());
}
