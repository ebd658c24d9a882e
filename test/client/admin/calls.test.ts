import { describe, expect, it } from 'vitest';
import type { Admin } from 'latchkey-client/admin';
import { refusal, respond } from '../../support/client.ts';
import { clientExamples, type Example } from './client-examples.ts';
import { id, imported, numbers, userExamples } from './user-examples.ts';
import { client, delivery, details, key, line, lost, standIn, succeed, user } from './stand-in.ts';

const done = { status: 'success', message: 'Done.' };

const examples: Example[] = [...clientExamples, ...userExamples];

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
