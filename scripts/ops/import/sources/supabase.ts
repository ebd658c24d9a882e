import { lacksColumns, RowFault, type Source } from './source.ts';
import { findMoment, findText, getAddress, getBoolean } from './values.ts';

/** The table `auth.users` of Supabase. The metadata is not taken: it may hold rights that mean something else here. */
export const supabase: Source = {
  what: "a dump of Supabase's auth.users",
  formats: ['csv', 'sql'],
  tables: [{ schema: 'auth', name: 'users' }],
  lacks: (record) => lacksColumns(record, ['id', 'email', 'encrypted_password', 'email_confirmed_at', 'created_at']),
  start: (_, now) => (record) => {
    if (findText(record, 'deleted_at') !== undefined) throw new RowFault('This user is deleted.');
    if (getBoolean(record, 'is_anonymous')) throw new RowFault('This user is anonymous.');
    const id = findText(record, 'id');
    const registered = findMoment(record, 'created_at');
    const line = {
      email: getAddress(record),
      password_hash: findText(record, 'encrypted_password') ?? null,
      ...(id === undefined ? {} : { id }),
      ...(registered === undefined ? {} : { registered_on: registered }),
      email_verified: findText(record, 'email_confirmed_at') !== undefined,
      disabled: isBanned(record, now),
    };
    return { line, oldId: id };
  },
};

function isBanned(record: Record<string, unknown>, now: Date): boolean {
  if (findText(record, 'banned_until') === 'infinity') return true;
  const until = findMoment(record, 'banned_until');
  return until !== undefined && Date.parse(until) > now.getTime();
}
