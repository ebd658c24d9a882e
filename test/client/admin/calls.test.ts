import { describe, expect, it } from 'vitest';
import type { Admin } from 'latchkey-client/admin';
import { refusal, respond } from '../../support/client.ts';
import { clientExamples, type Example } from './client-examples.ts';
import {
  client,
  delivery,
  details,
  event,
  key,
  line,
  lost,
  report,
  session,
  standIn,
  succeed,
  user,
} from './stand-in.ts';

const id = user.user_id;
const { lines: imported, ...numbers } = report;
const done = { status: 'success', message: 'Done.' };

const examples: Example[] = [
  ...clientExamples,
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

const named = examples.map((example) => [example.path, example] as const);

/** The calls that succeed once only, and the refusal of a repeat. */
const onceOnly: [string, (admin: Admin) => Promise<unknown>, number][] = [
  ['address_taken', ({ users }) => users.create({ email: 'joe@gmail.com' }), 409],
  ['precondition_failed', ({ users }) => users.change(id, { admin: true }, { ifMatch: '"6"' }), 412],
  ['unknown_user', ({ users }) => users.delete(id), 404],
  ['client_taken', (admin) => admin.createClient({ name: 'Reports', clientId: 'reports' }), 409],
  ['unknown_client', (admin) => admin.deleteClient('reports'), 404],
  ['too_many_secrets', (admin) => admin.createSecret('reports'), 409],
  ['unknown_secret', (admin) => admin.deleteSecret('reports', 'x1'), 404],
];

describe('a call of an administrator', () => {
  it.each(named)('%s sends what the service expects, and reads what it gives', async (path, example) => {
    const { admin, seen } = standIn(succeed(example.answer));
    expect(await example.call(admin)).toEqual(example.result);
    const { body, ifMatch = null } = example;
    expect(seen).toEqual([{ path, body, ifMatch, token: 'Bearer token-1' }]);
  });

  it.each(named)('%s asks for another token when it is repeated', async (path, { call, answer, result }) => {
    const busy = respond(503, refusal('storage_unavailable'), { 'Retry-After': '0' });
    const { admin, seen } = standIn(lost, busy, succeed(answer));
    expect(await call(admin)).toEqual(result);
    expect(seen.map((each) => each.token)).toEqual(['Bearer token-1', 'Bearer token-2', 'Bearer token-3']);
    expect(new Set(seen.map((each) => each.path))).toEqual(new Set([path]));
  });

  it.each(named)('%s throws the refusals of the service', async (_, { call }) => {
    const { admin, seen } = standIn(respond(403, refusal('admin_required')));
    await expect(call(admin)).rejects.toMatchObject({ name: 'LatchkeyError', code: 'admin_required', status: 403 });
    expect(seen).toHaveLength(1);
  });

  it.each(named.filter(([, { result }]) => result !== undefined))(
    '%s is an error without its fields',
    async (_, { call }) => {
      for (const body of [done, { ...done, data: {}, next: null }, { ...done, data: [{}], next: null }]) {
        await expect(call(standIn(respond(200, body)).admin)).rejects.toMatchObject({ code: 'unexpected_response' });
      }
    },
  );

  it.each(onceOnly)('that was perhaps done is not called %s', async (code, call, status) => {
    const refused = respond(status, refusal(code));
    const repeated = standIn(lost, refused);
    await expect(call(repeated.admin)).rejects.toMatchObject({ code: 'unreachable', cause: { code, status } });
    expect(repeated.seen).toHaveLength(2);
    await expect(call(standIn(refused).admin)).rejects.toMatchObject({ code, status });
  });

  it('keeps what this version does not know', async () => {
    const newer = { ...details, since: 'later', login: { ...details.login, factors: 2 } };
    const { admin } = standIn(succeed({ data: newer }));
    expect((await admin.users.get(id)).user).toEqual(newer);
  });

  it.each([
    ['a list without a cursor', ({ users }: Admin) => users.find(), { data: [] }],
    [
      'a chunk without a cursor',
      (admin: Admin) => admin.revokeAllSessions(),
      { users_changed: 1, sessions_revoked: 1 },
    ],
    ['a mail with a link', ({ users }: Admin) => users.resetPassword(id), { data: { ...delivery, mailed: true } }],
    ['a link that is none', ({ users }: Admin) => users.resetPassword(id), { data: { ...delivery, link: null } }],
    ['roles that are text', ({ users }: Admin) => users.find(), { data: [{ ...user, roles: 'editor' }], next: null }],
    [
      'a line without a hash',
      (admin: Admin) => admin.exportUsers(),
      { data: [{ ...line, password_hash: undefined }], next: null },
    ],
    [
      'a report without costs',
      (admin: Admin) => admin.importUsers([line]),
      { ...numbers, data: imported, schemes: [{ scheme: 'bcrypt', users: 1 }] },
    ],
    [
      'a line of nobody knows what',
      (admin: Admin) => admin.importUsers([line]),
      { ...numbers, data: [{ line: 1, user_id: null, errors: [] }] },
    ],
    [
      'a scheme without a number',
      (admin: Admin) => admin.stats(),
      { data: { legacy_hashes: [{ scheme: 'bcrypt' }], legacy_hashes_until: null } },
    ],
    [
      'a client that may be disabled',
      (admin: Admin) => admin.client('x'),
      { data: { ...client, disabled_on: undefined } },
    ],
    ['a client whose keys are a list', (admin: Admin) => admin.client('x'), { data: { ...client, jwks: [] } }],
    ['a client whose scopes are text', (admin: Admin) => admin.client('x'), { data: { ...client, scopes: 'api' } }],
    ['a secret without an id', (admin: Admin) => admin.client('x'), { data: { ...client, secrets: [{}] } }],
    ['a client without its secret', (admin: Admin) => admin.createClient({ name: 'x' }), { data: client }],
    ['no second secret', (admin: Admin) => admin.createSecret('x'), { data: client, client_secret: null }],
    ['no key', (admin: Admin) => admin.createClientKey('x', { name: 'x' }), { data: key }],
    [
      'a key that may never expire',
      (admin: Admin) => admin.userKeys(id),
      { data: [{ ...key, expires_on: undefined }], next: null },
    ],
    [
      'factors that are not counted',
      ({ users }: Admin) => users.get(id),
      { data: { ...details, factors: { totp: true, passkeys: '2', recovery_codes: 9 } } },
    ],
    ['claims that are a list', ({ users }: Admin) => users.find(), { data: [{ ...user, claims: [] }], next: null }],
  ])('does not take %s for a success', async (_, call, answer) => {
    await expect(call(standIn(succeed(answer)).admin)).rejects.toMatchObject({ code: 'unexpected_response' });
  });

  it.each([
    ['pbkdf2-sha256-split', true],
    ['none', false],
  ])('takes %s of an older service, which does not tell, for a password that is usable: %s', async (scheme, usable) => {
    const { password_usable: _, ...login } = { ...details.login, password_scheme: scheme };
    const { admin } = standIn(succeed({ data: { ...details, login } }));
    expect((await admin.users.get(id)).user.login).toEqual({ ...login, password_usable: usable });
  });

  it('takes the users of an older service, which does not tell, for users without a second factor', async () => {
    const { second_factor: _, factors: __, ...older } = details;
    const { admin } = standIn(succeed({ data: older }));
    const none = { second_factor: false, factors: { totp: false, passkeys: 0, recovery_codes: 0 } };
    expect((await admin.users.get(id)).user).toEqual({ ...older, ...none });
  });

  it('needs an ETag where a change may depend on it', async () => {
    const { admin } = standIn(respond(200, { ...done, data: details }));
    await expect(admin.users.get(id)).rejects.toMatchObject({ code: 'unexpected_response' });
  });

  it('makes an ETag strong that a proxy has made weak, because a change would never match it', async () => {
    const { admin } = standIn(respond(200, { ...done, data: details }, { ETag: 'W/"7"' }));
    expect((await admin.users.get(id)).etag).toBe('"7"');
  });
});
