const userFields = {
  email: 'email',
  emailVerified: 'email_verified',
  admin: 'admin',
  roles: 'roles',
  claims: 'claims',
  locale: 'locale',
};

const userFilters = {
  email: 'email',
  address: 'address',
  role: 'role',
  admin: 'admin',
  disabled: 'disabled',
  unverified: 'unverified',
};

const eventFilters = { userId: 'user_id', type: 'type' };

/** The names of the service for what callers give to each method. What stays in the client has its own name. */
const NAMES = {
  newUser: { ...userFields, password: 'password' },
  userChanges: { ...userFields, disabled: 'disabled' },
  changeOptions: { ifMatch: 'ifMatch', lastAdmin: 'last_admin' },
  userFilters,
  userQuery: { ...userFilters, after: 'after', limit: 'limit' },
  eventQuery: { ...eventFilters, order: 'order', after: 'after', limit: 'limit' },
  following: { ...eventFilters, after: 'after', intervalMs: 'intervalMs', signal: 'signal' },
  removal: { lastAdmin: 'last_admin' },
  reset: { delivery: 'delivery' },
  importOptions: { dryRun: 'dry_run' },
  page: { after: 'after', limit: 'limit' },
  revocation: { after: 'after', resetPasswords: 'reset_passwords', restored: 'restored' },
} satisfies Record<string, Record<string, string>>;

type Kind = keyof typeof NAMES;

/** What is `given`, as the service names it, without what is `undefined`. Throws `TypeError` as `checkNames` does. */
export function toWire<Value>(kind: Kind, given: { [name: string]: Value }): Record<string, Value> {
  checkNames(kind, given);
  const names: Record<string, string> = NAMES[kind];
  const wire: Record<string, Value> = {};
  for (const [name, value] of Object.entries(given)) if (value !== undefined) wire[names[name] ?? name] = value;
  return wire;
}

/**
 * Throws `TypeError` for a name that the method does not take: a filter or a field that is misspelled would do nothing, or
 * concern too many users.
 */
export function checkNames(kind: Kind, given: object): void {
  if (typeof given !== 'object' || given === null) throw new TypeError('Give an object.');
  const strange = Object.keys(given).find((name) => !Object.hasOwn(NAMES[kind], name));
  if (strange === undefined) return;
  const names = Object.keys(NAMES[kind]).map((name) => `"${name}"`);
  throw new TypeError(`There is no "${strange}" here. Known names: ${names.join(', ')}.`);
}
