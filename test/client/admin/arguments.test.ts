import { describe, expect, it } from 'vitest';
import { line, standIn, succeed, user } from './stand-in.ts';

const id = user.user_id;

describe('a call of an administrator', () => {
  it.each([[undefined], [null], ['{"email":"joe@gmail.com"}'], [line], [[line, null]], [['x']]])(
    'imports nothing but a list of objects (%j)',
    async (lines) => {
      const { admin, seen } = standIn();
      await expect(Reflect.apply(admin.importUsers, undefined, [lines])).rejects.toBeInstanceOf(TypeError);
      expect(seen).toEqual([]);
    },
  );

  it('encodes ids, and takes no text that leads to another route', async () => {
    const { admin, paths } = standIn(succeed({ sessions_revoked: 0 }), succeed({}));
    await admin.users.delete('a/../b?c#d%');
    await admin.users.revokeSession('a', 'b/c');
    expect(paths()).toEqual(['DELETE /admin/users/a%2F..%2Fb%3Fc%23d%25', 'DELETE /admin/users/a/sessions/b%2Fc']);
    for (const wrong of ['', '.', '..', undefined, null, 7, {}]) {
      await expect(Reflect.apply(admin.users.delete, undefined, [wrong])).rejects.toBeInstanceOf(TypeError);
      await expect(Reflect.apply(admin.users.revokeSession, undefined, ['a', wrong])).rejects.toBeInstanceOf(TypeError);
      await expect(Reflect.apply(admin.deleteClient, undefined, [wrong])).rejects.toBeInstanceOf(TypeError);
      await expect(Reflect.apply(admin.deleteSecret, undefined, ['a', wrong])).rejects.toBeInstanceOf(TypeError);
      await expect(Reflect.apply(admin.revokeClientKey, undefined, ['a', wrong])).rejects.toBeInstanceOf(TypeError);
      await expect(Reflect.apply(admin.revokeUserKey, undefined, ['a', wrong])).rejects.toBeInstanceOf(TypeError);
    }
    expect(paths()).toHaveLength(2);
  });

  it('with a name that is misspelled throws before anything is sent', async () => {
    const { admin, seen } = standIn();
    const { users, events } = admin;
    const wrong: [(...given: never[]) => Promise<unknown>, unknown[]][] = [
      [users.find, [{ emial: 'joe@gmail.com' }]],
      [users.find, [{ toString: 'x' }]],
      [users.find, ['joe@gmail.com']],
      [users.findByAddress, ['']],
      [users.findByAddress, [undefined]],
      [users.create, [{ email: 'joe@gmail.com', email_verified: true }]],
      [users.create, [undefined]],
      [users.change, [id, { role: ['editor'] }]],
      [users.change, [id, undefined]],
      [users.change, [id, {}, { ifmatch: '"6"' }]],
      [users.delete, [id, { last_admin: true }]],
      [users.resetPassword, [id, { deliver: 'link' }]],
      [events.read, [{ user: id }]],
      [admin.revokeAllSessions, [{ reset_passwords: true }]],
      [admin.importUsers, [[line], { dry_run: true }]],
      [admin.exportUsers, [{ next: 'c1' }]],
      [admin.clients, [{ limits: 7 }]],
      [admin.createClient, [{ name: 'x', scope: 'api' }]],
      [admin.changeClient, ['x', { scope: ['api'] }]],
      [admin.changeClient, ['x', undefined]],
      [admin.createClientKey, ['x', { name: 'x', scope: ['api'] }]],
      [admin.createClientKey, ['x', { name: 'x', expires_in_days: 7 }]],
      [admin.createClientKey, ['x', {}]],
      [admin.clientKeys, ['x', { next: 'c1' }]],
      [admin.userKeys, [id, { next: 'c1' }]],
    ];
    for (const [call, given] of wrong) {
      await expect(Reflect.apply(call, undefined, given), JSON.stringify(given)).rejects.toBeInstanceOf(TypeError);
    }
    expect(seen).toEqual([]);
  });

  it('with a name of another method throws, and says which names there are', async () => {
    const { admin, seen } = standIn();
    const { users, events } = admin;
    const words = async (call: (...given: never[]) => unknown, ...given: unknown[]) => {
      const attempt = async () => {
        const result: unknown = await Reflect.apply(call, undefined, given);
        // A generator begins when it is asked.
        if (typeof result === 'object' && result !== null && 'next' in result && typeof result.next === 'function')
          await Reflect.apply(result.next, result, []);
      };
      const error = await attempt().then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      return error instanceof TypeError ? error.message : error;
    };
    const fields = '"email", "emailVerified", "admin", "roles", "claims", "locale"';
    const filters = '"email", "address", "role", "admin", "disabled", "unverified"';
    const no = (name: string, names: string) => `There is no "${name}" here. Known names: ${names}.`;
    expect(await words(users.change, id, { password: 'x' })).toBe(no('password', `${fields}, "disabled"`));
    expect(await words(users.create, { email: 'a@b.c', disabled: true })).toBe(no('disabled', `${fields}, "password"`));
    expect(await words(users.change, id, {}, { ifmatch: '"6"' })).toBe(no('ifmatch', '"ifMatch", "lastAdmin"'));
    expect(await words(users.delete, id, { ifMatch: '"6"' })).toBe(no('ifMatch', '"lastAdmin"'));
    expect(await words(users.find, { name: 'x' })).toBe(no('name', `${filters}, "after", "limit"`));
    expect(await words(users.all, { after: 'x' })).toBe(no('after', filters));
    expect(await words(events.read, { signal: 1 })).toBe(no('signal', '"userId", "type", "order", "after", "limit"'));
    expect(await words(events.follow, { order: 'newest' })).toBe(
      no('order', '"userId", "type", "after", "intervalMs", "signal"'),
    );
    expect(seen).toEqual([]);
  });

  it('leaves out what is undefined', async () => {
    const { admin, seen } = standIn(succeed({ data: [], next: null }), succeed({ data: user, sessions_revoked: 0 }));
    await admin.users.find({ email: undefined, after: undefined });
    await Reflect.apply(admin.users.change, undefined, [id, { email: undefined, admin: false }]);
    expect(seen).toMatchObject([{ path: 'GET /admin/users' }, { body: { admin: false } }]);
  });
});
