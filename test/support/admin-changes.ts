import { type AdminChange, type Administration, makeUser } from './admin-change.ts';
import { type Made, startAdministration } from './administration.ts';
import type { Change } from './change.ts';
import { sql } from './database.ts';
import { factorRemovals } from './factor-removals.ts';
import { keyChanges } from './key-changes.ts';
import { startClock, tokensOf } from './service.ts';
import { clientChanges } from './client-changes.ts';
import { transferChanges } from './transfer-changes.ts';

type Patch = Pick<Change, 'name' | 'events'> & {
  fields: object;
  /** The fields of the user before. */
  from?: object;
  logins?: number;
  /** What is done before to the user. */
  before?: (service: Administration, user: Made) => Promise<unknown>;
};

const patch = ({ name, events, fields, from, logins = 0, before }: Patch): AdminChange => ({
  name,
  events,
  answer:
    events.length > 0
      ? { body: { message: 'User changed.', changed: true, sessions_revoked: logins } }
      : { body: { message: 'Nothing to change.' } },
  again: { body: { message: 'Nothing to change.', changed: false, sessions_revoked: 0 } },
  prepare: async (service) => {
    const user = await makeUser(service, from, logins);
    await before?.(service, user);
    return { route: `PATCH /admin/users/${user.id}`, body: fields, userId: user.id };
  },
});

const patches = [
  patch({ name: 'another address', fields: { email: 'new@example.org' }, events: [{ type: 'email_changed' }] }),
  patch({
    name: 'another address for a verified one',
    from: { email_verified: true },
    fields: { email: 'new@example.org' },
    events: [{ type: 'email_changed' }],
  }),
  patch({
    name: 'another address that is verified',
    fields: { email: 'new@example.org', email_verified: true },
    events: [{ type: 'email_changed' }, { type: 'email_verified' }],
  }),
  patch({
    name: 'another address where links were handed out',
    fields: { email: 'new@example.org' },
    events: [{ type: 'email_changed' }],
    before: ({ ask }, { id }) => ask({ route: `POST /admin/users/${id}/password-reset`, body: {} }),
  }),
  patch({ name: 'a verified address', fields: { email_verified: true }, events: [{ type: 'email_verified' }] }),
  patch({
    name: 'an address that is not verified',
    from: { email_verified: true },
    fields: { email_verified: false },
    events: [{ type: 'email_unverified' }],
  }),
  patch({ name: 'a new administrator', fields: { admin: true }, events: [{ type: 'admin_granted' }] }),
  patch({
    name: 'one administrator less',
    from: { admin: true },
    fields: { admin: false },
    events: [{ type: 'admin_revoked' }],
    before: ({ make }) => make({ admin: true }),
  }),
  patch({
    name: 'other roles',
    from: { roles: ['a', 'b'] },
    fields: { roles: ['c', 'b'] },
    events: [{ type: 'roles_changed', data: { added: ['c'], removed: ['a'] } }],
  }),
  patch({ name: 'other claims', fields: { claims: { tenant: 'acme' } }, events: [{ type: 'claims_changed' }] }),
  patch({
    name: 'the same claims in another order',
    from: { claims: { a: 1, b: 2 } },
    fields: { claims: { b: 2, a: 1 } },
    events: [{ type: 'claims_changed' }],
  }),
  patch({ name: 'a language', fields: { locale: 'de' }, events: [{ type: 'locale_changed' }] }),
  patch({
    name: 'no language',
    from: { locale: 'de' },
    fields: { locale: null },
    events: [{ type: 'locale_changed' }],
  }),
  patch({
    name: 'a disabled account',
    logins: 2,
    fields: { disabled: true },
    events: [{ type: 'user_disabled' }],
  }),
  patch({
    name: 'an account that is disabled no more',
    fields: { disabled: false },
    events: [{ type: 'user_enabled' }],
    // Not by the service: KV takes one write of a key in a second, and enabling writes too.
    before: (_, { id }) => sql('UPDATE users SET disabled_at = 1, version = 1 WHERE id = ?', id),
  }),
  patch({
    name: 'all fields at once',
    logins: 1,
    fields: {
      email: 'new@example.org',
      email_verified: true,
      admin: true,
      roles: ['a'],
      claims: { a: 1 },
      locale: 'de',
      disabled: true,
    },
    events: [
      { type: 'email_changed' },
      { type: 'email_verified' },
      { type: 'admin_granted' },
      { type: 'roles_changed', data: { added: ['a'], removed: [] } },
      { type: 'claims_changed' },
      { type: 'locale_changed' },
      { type: 'user_disabled' },
    ],
  }),
  patch({
    name: 'fields as they are',
    from: { email_verified: true, roles: ['a', 'b'], claims: { a: 1 }, locale: 'de' },
    fields: { email_verified: true, admin: false, roles: ['b', 'a'], claims: { a: 1 }, locale: 'de', disabled: false },
    events: [],
  }),
];

const creation = (name: string, body: object, rest: Partial<AdminChange> = {}): AdminChange => ({
  name,
  events: [{ type: 'user_created' }],
  answer: { status: 201, body: { message: 'User created.' } },
  again: { status: 409, body: { code: 'address_taken' } },
  ...rest,
  prepare: async () => ({ route: 'POST /admin/users', body: { email: 'jane@example.org', roles: ['a'], ...body } }),
});

const withMail = { MAIL_TRANSPORT: 'log' };

const creations = [
  creation('an account with a password', { password: 'correct horse' }),
  creation('an account with a link as invitation', {}, { by: 'operator' }),
  creation('an account with a mail as invitation', {}, { env: withMail }),
];

const deletion = (name: string, fields: object, logins: number): AdminChange => ({
  name,
  events: [...(logins > 0 ? [{ type: 'sessions_revoked', data: { scope: 'all' } }] : []), { type: 'user_deleted' }],
  answer: { body: { message: 'User deleted.', sessions_revoked: logins } },
  again: { status: 404, body: { code: 'unknown_user' } },
  // Each counts up the version before it deletes. The last one to do so deletes.
  meanwhile: { status: 409, body: { code: 'change_conflict' } },
  prepare: async (service) => {
    const { id } = await makeUser(service, fields, logins);
    return { route: `DELETE /admin/users/${id}`, userId: id };
  },
});

const endOfAll = (name: string, logins: number): AdminChange => ({
  name,
  events: logins > 0 ? [{ type: 'sessions_revoked', data: { scope: 'all' } }] : [],
  answer: { body: { message: 'Sessions revoked.', sessions_revoked: logins } },
  again: { body: { message: 'Sessions revoked.', sessions_revoked: 0 } },
  prepare: async (service) => {
    const { id } = await makeUser(service, {}, logins);
    return { route: `DELETE /admin/users/${id}/sessions`, userId: id };
  },
});

const unlocking = (name: string, guesses: number, counters: number): AdminChange => ({
  name,
  events: counters > 0 ? [{ type: 'attempts_forgotten' }] : [],
  answer: { body: { message: 'Login attempts forgotten.', attempts_forgotten: counters } },
  again: { body: { message: 'Login attempts forgotten.', attempts_forgotten: 0 } },
  prepare: async (service) => {
    const user = await makeUser(service);
    for (let i = 0; i < guesses; i += 1) await service.logIn({ ...user, password: 'a wrong one' });
    return { route: `POST /admin/users/${user.id}/unlock`, userId: user.id };
  },
});

const handed = {
  mail: { body: { message: 'The mail is on its way.', data: { mailed: true } } },
  link: { body: { message: 'Hand this link over.', data: { mailed: false } } },
};

const reset = (delivery: 'mail' | 'link', rest: Partial<AdminChange>): AdminChange => ({
  name: `a reset of the password by ${delivery}`,
  events: [{ type: 'password_reset_asked', data: { delivery } }],
  ofTwo: 2,
  answer: handed[delivery],
  again: handed[delivery],
  ...rest,
  prepare: async (service) => {
    const { id } = await makeUser(service);
    return { route: `POST /admin/users/${id}/password-reset`, body: { delivery }, userId: id };
  },
});

const sweep = (name: string, body: object): AdminChange => ({
  name,
  by: 'operator',
  events: [{ type: 'all_sessions_revoked', data: { users: 2 } }],
  ofTwo: 2,
  answer: { body: { message: 'Sessions revoked.', users_changed: 2, sessions_revoked: 3, next: null } },
  again: { body: { message: 'Sessions revoked.', users_changed: 2, sessions_revoked: 0 } },
  prepare: async (service) => {
    const { id } = await makeUser(service, {}, 2);
    await makeUser(service, {}, 1);
    await service.ask({ route: `POST /admin/users/${id}/password-reset`, body: {} });
    return { route: 'POST /admin/sessions/revoke', body, userId: null };
  },
});

const table: AdminChange[] = [
  ...patches,
  ...creations,
  deletion('a deletion of an account with sessions', { roles: ['a'] }, 2),
  deletion('a deletion of an account without sessions', {}, 0),
  endOfAll('an end of all sessions', 2),
  endOfAll('an end of no sessions', 0),
  {
    name: 'an end of one session',
    events: [{ type: 'session_revoked' }],
    answer: { body: { message: 'Session revoked.' } },
    again: { body: { message: 'Session revoked.' } },
    prepare: async (service) => {
      const { id, sessions } = await makeUser(service, {}, 2);
      const [sessionId = ''] = sessions;
      return { route: `DELETE /admin/users/${id}/sessions/${sessionId}`, userId: id, sessionId };
    },
  },
  unlocking('an unlock of an account with attempts', 1, 2),
  unlocking('an unlock of an account without attempts', 0, 0),
  reset('link', { by: 'operator' }),
  reset('mail', { env: withMail }),
  ...transferChanges,
  ...clientChanges,
  ...factorRemovals,
  ...keyChanges,
  sweep('an end of the sessions of everybody', {}),
  sweep('an end of the sessions and passwords of everybody', { reset_passwords: true }),
  sweep('an end of the sessions of everybody after a restore', { restored: true }),
];

type Asker = 'operator' | 'administrator';

/** The changes that `asker` makes, each by a request of its own. Operators make all of them. */
export const changesBy = (asker: Asker): Change[] =>
  table
    .filter(({ by }) => asker === 'operator' || by === undefined)
    .map(({ env = {}, prepare, name, ...change }) => ({
      ...change,
      name: `${name}, by an ${asker},`,
      prepare: async () => {
        const { now } = startClock();
        const service = startAdministration({ env, deps: { now, mailer: { send: async () => 'sent' } } });
        const admin = asker === 'operator' ? undefined : await logInAdmin(service);
        const { userId, sessionId = null, ...request } = await prepare(service);
        return {
          // An operator makes a new token for each request.
          ask: () => service.ask({ ...request, ...(admin && { token: admin.token }) }),
          ...(userId !== undefined && { userId }),
          actor: admin === undefined ? 'operator' : `admin:${admin.id}`,
          sessionId,
        };
      },
    }));

async function logInAdmin({ make, logIn }: Administration) {
  const admin = await make({ email: 'admin@example.org', admin: true });
  return { id: admin.id, token: tokensOf(await logIn(admin)).access };
}
