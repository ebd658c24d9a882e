import { lacksColumns, type Source } from './source.ts';
import { findMoment, findText, getAddress, getBoolean } from './values.ts';

/** The table `users` of the Flask tutorial. Its times have no zone; its code wrote the server's, which is taken for UTC. */
export const flask: Source = {
  what: "a dump of the tutorial's users table",
  formats: ['csv', 'sql'],
  tables: [{ name: 'users' }],
  lacks: (record) => lacksColumns(record, ['id', 'email', 'password', 'registered_on', 'admin']),
  start: () => (record) => {
    const registered = findMoment(record, 'registered_on');
    const line = {
      email: getAddress(record),
      password_hash: unwrapBytes(findText(record, 'password')) ?? null,
      ...(registered === undefined ? {} : { registered_on: registered }),
      admin: getBoolean(record, 'admin'),
    };
    return { line, oldId: findText(record, 'id') };
  },
};

/**
 * The text in bytes that were stored as a text. `generate_password_hash` returns bytes: PostgreSQL writes them as
 * `\x2432…`, and Python as `b'$2b$…'`.
 */
function unwrapBytes(text: string | undefined): string | undefined {
  const [, hex] = /^\\x((?:[\da-f]{2})+)$/i.exec(text ?? '') ?? [];
  if (hex !== undefined) return Buffer.from(hex, 'hex').toString('utf8');
  const [, , inner] = /^b(['"])([^'"\\]*)\1$/.exec(text ?? '') ?? [];
  return inner ?? text;
}
