import { describe, expect, it } from 'vitest';
import { type AnyClaims, claimsOf, isOfMachine, isOfSession } from '../../src/crypto/access-token-claims.ts';

const common = { iss: 'https://auth.example.org', aud: 'latchkey', jti: 'a', iat: 1, exp: 2 };
const rights = { admin: false, roles: ['editor'], email_verified: true, user_version: 3, rights_version: 4 };
const authentication = { auth_time: 1, acr: 'aal2', amr: ['pwd', 'otp', 'mfa'] };
const session = {
  ...common,
  ...rights,
  ...authentication,
  sub: 'user',
  client_id: 'first-party',
  sid: 'session',
  tenant: 'acme',
};
const userKey = {
  ...common,
  ...rights,
  sub: 'user',
  client_id: 'api-key',
  key_id: 'key',
  scope: 'api',
  tenant: 'acme',
};
const machine = { ...common, sub: 'billing', client_id: 'billing', client_version: 5, scope: 'api reports:read' };

const kindOf = (claims: AnyClaims) =>
  isOfSession(claims) ? 'session' : isOfMachine(claims) ? 'machine' : 'key of a user';
const without = (claims: object, ...names: string[]) =>
  Object.fromEntries(Object.entries(claims).filter(([name]) => !names.includes(name)));

describe('the claims of an access token', () => {
  it.each([
    ['session', session],
    ['key of a user', userKey],
    ['machine', machine],
    ['machine', { ...machine, key_id: 'key' }],
    ['machine', without(machine, 'scope')],
  ])('tell that it is of a %s', (kind, payload) => {
    const claims = claimsOf(payload);
    expect(kindOf(claims)).toBe(kind);
    expect(claims).toEqual(without(payload, 'iss', 'aud'));
    expect(Object.isFrozen(claims)).toBe(true);
  });

  it('are those of a session if it has one, whatever the application had called its claims', () => {
    const claims = claimsOf({ ...session, client_version: 'ours', key_id: 7, kind: 'vip' });
    expect(kindOf(claims)).toBe('session');
    expect(claims).toMatchObject({ client_version: 'ours', key_id: 7, kind: 'vip' });
  });

  it('of an older version have the least rights', () => {
    const claims = claimsOf(without(session, 'roles', 'email_verified', 'rights_version'));
    expect(claims).toMatchObject({ roles: [], email_verified: false, rights_version: 0 });
  });

  it('of an older version say that nobody has authenticated lately, and by nothing', () => {
    const claims = claimsOf(without(session, 'auth_time', 'acr', 'amr'));
    expect(claims).toMatchObject({ auth_time: 0, acr: 'aal1', amr: [] });
  });

  it.each([
    ['a machine whose client_id is another', { ...machine, client_id: 'other' }],
    ['a machine with a version that is no number', { ...machine, client_version: '5' }],
    ['a machine with a key that is no text', { ...machine, key_id: 5 }],
    ['neither a session, a key nor a machine', without(userKey, 'key_id')],
    ['a session that is no text', { ...session, sid: 5 }],
    ['a session with a time that is no number', { ...session, auth_time: '1' }],
    ['a session with an unknown level', { ...session, acr: 'aal3' }],
    ['a session with methods that are no list', { ...session, amr: 'mfa' }],
    ['a session that is no text, with a version of a client', { ...machine, sid: 5 }],
    ['a key of an administrator', { ...userKey, admin: true }],
    ['a key of a user without a version', without(userKey, 'user_version')],
    ['a scope that is no text', { ...machine, scope: ['api'] }],
    ['no jti', without(machine, 'jti')],
    ['no exp', without(machine, 'exp')],
    ['an exp that is no number', { ...session, exp: '2' }],
    ['roles that are no list', { ...session, roles: 'editor' }],
  ])('are refused with %s', (_, payload) => {
    expect(() => claimsOf(payload)).toThrow('a claim has the wrong type');
  });
});
