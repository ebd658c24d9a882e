/** The names of the service for what callers give. */
const NAMES = {
  user: {
    email: 'email',
    emailVerified: 'email_verified',
    admin: 'admin',
    roles: 'roles',
    claims: 'claims',
    locale: 'locale',
    password: 'password',
    disabled: 'disabled',
  },
  userQuery: {
    email: 'email',
    address: 'address',
    role: 'role',
    admin: 'admin',
    disabled: 'disabled',
    unverified: 'unverified',
    after: 'after',
    limit: 'limit',
  },
  eventQuery: { userId: 'user_id', type: 'type', order: 'order', after: 'after', limit: 'limit' },
  removal: { lastAdmin: 'last_admin' },
  reset: { delivery: 'delivery' },
  revocation: { after: 'after', resetPasswords: 'reset_passwords', restored: 'restored' },
} satisfies Record<string, Record<string, string>>;

/**
 * What is `given`, as the service names it, without what is `undefined`. Throws `TypeError` for any other name: a filter or
 * a field that is misspelled would do nothing, or concern too many users.
 */
export function toWire<Value>(kind: keyof typeof NAMES, given: { [name: string]: Value }): Record<string, Value> {
  if (typeof given !== 'object' || given === null) throw new TypeError('Give an object.');
  const names: Record<string, string> = NAMES[kind];
  const wire: Record<string, Value> = {};
  for (const [name, value] of Object.entries(given)) {
    const known = Object.hasOwn(names, name) ? names[name] : undefined;
    if (known === undefined) throw new TypeError(`There is no ${name}, but ${Object.keys(names).join(', ')}.`);
    if (value !== undefined) wire[known] = value;
  }
  return wire;
}
