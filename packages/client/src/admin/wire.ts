import { checkNames as checkKnown, rename } from '../client/names.ts';

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

const clientFields = { name: 'name', scopes: 'scopes', jwks: 'jwks' };

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
  newClient: { ...clientFields, clientId: 'client_id' },
  clientChanges: { ...clientFields, disabled: 'disabled' },
  revocation: { after: 'after', resetPasswords: 'reset_passwords', restored: 'restored' },
} satisfies Record<string, Record<string, string>>;

type Kind = keyof typeof NAMES;

/** What is `given`, as the service names it, without what is `undefined`. Throws `TypeError` for other names. */
export function toWire<Value>(kind: Kind, given: { [name: string]: Value }): Record<string, Value> {
  return rename(NAMES[kind], given);
}

/** Throws `TypeError` for a name that the method does not take. */
export function checkNames(kind: Kind, given: object): void {
  checkKnown(NAMES[kind], given);
}
