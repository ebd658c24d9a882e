import type { Example } from './client-examples.ts';
import { delivery, details, event, line, report, session, user } from './stand-in.ts';

export const id = user.user_id;
export const { lines: imported, ...numbers } = report;

/** Calls about users, keys, sessions and events. */
export const userExamples: Example[] = [
  {
    call: ({ users }) => users.find(),
    path: 'GET /admin/users',
    answer: { data: [user], next: 'c2' },
    result: { users: [user], next: 'c2' },
  },
  {
    call: ({ users }) =>
      users.find({
        email: '@gmail.com',
        role: 'x:y',
        admin: false,
        disabled: true,
        unverified: false,
        after: 'c1',
        limit: 7,
      }),
    path: 'GET /admin/users?email=%40gmail.com&role=x%3Ay&admin=false&disabled=true&unverified=false&after=c1&limit=7',
    answer: { data: [], next: null },
    result: { users: [], next: undefined },
  },
  {
    call: ({ users }) => users.findByAddress('Joe+1%_@gmail.com'),
    path: 'GET /admin/users?address=Joe%2B1%25_%40gmail.com&limit=1',
    answer: { data: [user], next: null },
    result: user,
  },
  {
    call: ({ users }) => users.findByAddress('nobody@gmail.com'),
    path: 'GET /admin/users?address=nobody%40gmail.com&limit=1',
    answer: { data: [], next: null },
    result: undefined,
  },
  {
    call: ({ users }) => users.get(id),
    path: `GET /admin/users/${id}`,
    answer: { data: details },
    result: { user: details, etag: '"7"' },
  },
  {
    call: ({ users }) => users.create({ email: 'joe@gmail.com', emailVerified: true, roles: ['editor'], locale: null }),
    path: 'POST /admin/users',
    body: { email: 'joe@gmail.com', email_verified: true, roles: ['editor'], locale: null },
    answer: { data: user, invitation: delivery },
    result: { user, invitation: delivery },
  },
  {
    call: ({ users }) =>
      users.create({ email: 'joe@gmail.com', password: 'correct horse', admin: true, claims: { a: 1 } }),
    path: 'POST /admin/users',
    body: { email: 'joe@gmail.com', password: 'correct horse', admin: true, claims: { a: 1 } },
    answer: { data: user, invitation: null },
    result: { user, invitation: undefined },
  },
  {
    call: ({ users }) => users.change(id, { email: 'new@gmail.com', emailVerified: false, disabled: true }),
    path: `PATCH /admin/users/${id}`,
    body: { email: 'new@gmail.com', email_verified: false, disabled: true },
    answer: { changed: true, data: user, sessions_revoked: 2 },
    result: { user, etag: '"7"', changed: true, sessionsRevoked: 2 },
  },
  {
    call: ({ users }) => users.change(id, { admin: false }, { ifMatch: '"6"', lastAdmin: true }),
    path: `PATCH /admin/users/${id}?last_admin=true`,
    body: { admin: false },
    ifMatch: '"6"',
    answer: { changed: false, data: user, sessions_revoked: 0 },
    result: { user, etag: '"7"', changed: false, sessionsRevoked: 0 },
  },
  {
    call: ({ users }) => users.delete(id),
    path: `DELETE /admin/users/${id}`,
    answer: { sessions_revoked: 3 },
    result: { sessionsRevoked: 3 },
  },
  {
    call: ({ users }) => users.delete(id, { lastAdmin: true }),
    path: `DELETE /admin/users/${id}?last_admin=true`,
    answer: { sessions_revoked: 0 },
    result: { sessionsRevoked: 0 },
  },
  {
    call: ({ users }) => users.sessions(id),
    path: `GET /admin/users/${id}/sessions`,
    answer: { data: [session], next: null },
    result: [session],
  },
  {
    call: ({ users }) => users.revokeSessions(id),
    path: `DELETE /admin/users/${id}/sessions`,
    answer: { sessions_revoked: 4 },
    result: { sessionsRevoked: 4 },
  },
  {
    call: ({ users }) => users.revokeSession(id, 's1'),
    path: `DELETE /admin/users/${id}/sessions/s1`,
    answer: {},
    result: undefined,
  },
  {
    call: ({ users }) => users.unlock(id),
    path: `POST /admin/users/${id}/unlock`,
    answer: { attempts_forgotten: 5 },
    result: { attemptsForgotten: 5 },
  },
  {
    call: ({ users }) => users.removeFactors(id),
    path: `DELETE /admin/users/${id}/factors`,
    answer: { factors_removed: 3, sessions_revoked: 2 },
    result: { factorsRemoved: 3, sessionsRevoked: 2 },
  },
  {
    call: ({ users }) => users.resetPassword(id),
    path: `POST /admin/users/${id}/password-reset`,
    body: {},
    answer: { data: { mailed: true, link: null, expires_on: 'then' } },
    result: { mailed: true, link: null, expires_on: 'then' },
  },
  {
    call: ({ users }) => users.resetPassword(id, { delivery: 'link' }),
    path: `POST /admin/users/${id}/password-reset`,
    body: { delivery: 'link' },
    answer: { data: delivery },
    result: delivery,
  },
  {
    call: (admin) => admin.revokeAllSessions(),
    path: 'POST /admin/sessions/revoke',
    body: {},
    answer: { users_changed: 1, sessions_revoked: 2, next: null },
    result: { usersChanged: 1, sessionsRevoked: 2, next: undefined },
  },
  {
    call: (admin) => admin.revokeAllSessions({ after: 'c1', resetPasswords: true, restored: true }),
    path: 'POST /admin/sessions/revoke',
    body: { after: 'c1', reset_passwords: true, restored: true },
    answer: { users_changed: 500, sessions_revoked: 700, next: 'c2' },
    result: { usersChanged: 500, sessionsRevoked: 700, next: 'c2' },
  },
  {
    call: (admin) => admin.importUsers([line, { email: 'jane@example.org', password_hash: null }]),
    path: 'POST /admin/import',
    body: [line, { email: 'jane@example.org', password_hash: null }],
    answer: { ...numbers, data: imported },
    result: report,
  },
  {
    call: (admin) => admin.importUsers([line], { dryRun: true }),
    path: 'POST /admin/import?dry_run=true',
    body: [line],
    answer: { ...numbers, data: imported },
    result: report,
  },
  {
    call: (admin) => admin.exportUsers(),
    path: 'GET /admin/export',
    answer: { data: [line, { ...line, password_hash: null, locale: 'de' }], next: 'c2' },
    result: { lines: [line, { ...line, password_hash: null, locale: 'de' }], next: 'c2' },
  },
  {
    call: (admin) => admin.exportUsers({ after: 'c1', limit: 7 }),
    path: 'GET /admin/export?after=c1&limit=7',
    answer: { data: [], next: null },
    result: { lines: [], next: undefined },
  },
  {
    call: (admin) => admin.stats(),
    path: 'GET /admin/stats',
    answer: { data: { legacy_hashes: [{ scheme: 'bcrypt', users: 9900 }], legacy_hashes_until: '2027-06-30' } },
    result: { legacyHashes: [{ scheme: 'bcrypt', users: 9900 }], legacyHashesUntil: '2027-06-30' },
  },
  {
    call: (admin) => admin.stats(),
    path: 'GET /admin/stats',
    answer: { data: { legacy_hashes: [], legacy_hashes_until: null } },
    result: { legacyHashes: [], legacyHashesUntil: undefined },
  },
  {
    call: ({ events }) => events.read(),
    path: 'GET /admin/events',
    answer: { data: [event], next: '123' },
    result: { events: [event], next: '123' },
  },
  {
    call: ({ events }) => events.read({ userId: id, type: 'login', order: 'newest', after: '9', limit: 5 }),
    path: `GET /admin/events?user_id=${id}&type=login&order=newest&after=9&limit=5`,
    answer: { data: [], next: null },
    result: { events: [], next: undefined },
  },
];
