import type { Source } from './source.ts';
import { findMoment, findText, getAddress, getBoolean } from './values.ts';

/** The JSON of `firebase auth:export`. The custom claims are not taken. */
export const firebase: Source = {
  what: 'an auth:export of Firebase in JSON',
  formats: ['json'],
  tables: [{ name: 'users' }],
  lacks: (record) => (Object.hasOwn(record, 'localId') ? undefined : 'its first user has no localId'),
  start: () => (record) => {
    const hash = findText(record, 'passwordHash');
    const registered = findMoment(record, 'createdAt');
    const line = {
      email: getAddress(record),
      password_hash: hash === undefined ? null : `$firebase-scrypt$${findText(record, 'salt') ?? ''}$${hash}`,
      ...(registered === undefined ? {} : { registered_on: registered }),
      email_verified: getBoolean(record, 'emailVerified'),
      disabled: getBoolean(record, 'disabled'),
    };
    return { line, oldId: findText(record, 'localId') };
  },
};
