import type { Fields } from '../formats/item.ts';
import { RowFault, type Source, type User } from './source.ts';
import { findMoment, findText, getAddress, getBoolean } from './values.ts';

/** The `dumpdata` of Django, as JSON or JSONL. Records of other models are passed over. */
export const django: Source = {
  what: "a dumpdata of Django's users",
  formats: ['json', 'ndjson'],
  tables: [],
  lacks: (record) =>
    typeof record['model'] === 'string' && Object.hasOwn(record, 'fields')
      ? undefined
      : 'its first record has no model and fields',
  start: () => convert,
};

function convert(record: Fields): User | undefined {
  const fields = fieldsOf(record);
  if (fields === undefined || typeof record['model'] !== 'string')
    throw new RowFault('This is no record of Django: it lacks its model or fields.');
  if (!isUser(record, fields)) return undefined;
  const registered = findMoment(fields, 'date_joined');
  const line = {
    email: addressOf(fields),
    password_hash: hashOf(findText(fields, 'password')),
    ...(registered === undefined ? {} : { registered_on: registered }),
    admin: getBoolean(fields, 'is_superuser'),
    disabled: Object.hasOwn(fields, 'is_active') && !getBoolean(fields, 'is_active'),
  };
  return { line, oldId: findText(record, 'pk') };
}

function fieldsOf(record: Fields): Fields | undefined {
  const { fields } = record;
  return typeof fields === 'object' && fields !== null && !Array.isArray(fields)
    ? Object.fromEntries(Object.entries(fields))
    : undefined;
}

/** Whether the model is a user: its name ends in `.user`, or it has the two fields of every `AbstractBaseUser`. */
const isUser = ({ model }: Fields, fields: Fields) =>
  (typeof model === 'string' && model.toLowerCase().endsWith('.user')) ||
  (Object.hasOwn(fields, 'password') && Object.hasOwn(fields, 'last_login'));

/** Without an address, a user name that is one serves. */
function addressOf(fields: Fields): string {
  const name = findText(fields, 'username');
  if (findText(fields, 'email') !== undefined) return getAddress(fields);
  if (name?.includes('@') === true) return name;
  throw new RowFault('This user has no e-mail address, and the user name is not one.');
}

/** An unusable password begins with `!`. Django marks a hash of bcrypt with its own name. */
function hashOf(password: string | undefined): string | null {
  if (password === undefined || password.startsWith('!')) return null;
  return password.startsWith('bcrypt$') ? password.slice('bcrypt$'.length) : password;
}
