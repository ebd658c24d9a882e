import { describe, expect, it } from 'vitest';
import { command } from '../../../../scripts/ops/machine.ts';
import { command as user } from '../../../../scripts/ops/user.ts';
import { call } from '../../call.ts';
import { key, KEY, one } from './machine-records.ts';
import { ID, joe, standIn, succeed } from './stand-in.ts';

describe('npm run machine', () => {
  it('makes, lists and revokes the API keys of a client', async () => {
    const { url, asked, flags } = await standIn({
      [`GET ${one}/keys`]: () => succeed({ data: [key], next: null }),
      [`POST ${one}/keys`]: ({ body }) => ({
        status: 201,
        body: {
          status: 'success',
          message: 'Key created.',
          key: KEY,
          data: body?.['expires_in_days'] === null ? { ...key, expires_on: null } : key,
        },
      }),
      [`DELETE ${one}/keys/${key.key_id}`]: () => succeed({ message: 'Key revoked.' }),
    });
    const run = async (...args: string[]) => (await call(command, ...args, ...flags)).stdout;
    const made = await run('key', 'orders', '--name', 'backup', '--scope', 'articles:read');
    expect(made.split('\n')).toEqual([
      'Made the key 0123456789abcdef (backup) of orders with the scope articles:read. It ends 2027-01-30 10:00:00Z.',
      '',
      `  ${KEY}`,
      '',
      'Give it to the program, by a way that you trust. It is not shown again. Try it, with the key in API_KEY:',
      `  curl -si -H "authorization: Bearer $API_KEY" "${url}/auth/verify?scope=articles:read"`,
      '',
    ]);
    expect(await run('key', 'orders', '--name', 'x', '--never')).toContain('It does not end.');
    await run('key', 'orders', '--name', 'x', '--days', '7');
    expect(asked.map(({ body }) => body)).toEqual([
      { name: 'backup', scopes: ['articles:read'] },
      { name: 'x', expires_in_days: null },
      { name: 'x', expires_in_days: 7 },
    ]);
    expect(await run('keys', 'orders')).toMatch(
      /\n0123456789abcdef {2}2026-11-01 10:00:00Z {2}never {6}2027-01-30 10:00:00Z {2}articles:read {2}backup\n$/,
    );
    expect(await run('revoke-key', 'orders', key.key_id)).toBe('Revoked the key 0123456789abcdef of orders.\n');
  });
});

describe('npm run user', () => {
  it('lists and revokes the API keys of a user', async () => {
    let keys = [key];
    const { flags } = await standIn({
      'GET /admin/users': () => succeed({ data: [joe], next: null }),
      [`GET /admin/users/${ID}/keys`]: () => succeed({ data: keys, next: null }),
      [`DELETE /admin/users/${ID}/keys/${key.key_id}`]: () => succeed({ message: 'Key revoked.' }),
    });
    expect((await call(user, 'keys', joe.email, ...flags)).stdout).toContain('articles:read  backup');
    expect(await call(user, 'revoke-key', joe.email, key.key_id, ...flags)).toEqual({
      status: 0,
      stdout: `Revoked the key 0123456789abcdef of ${joe.email}.\n`,
      stderr: '',
    });
    keys = [];
    expect(await call(user, 'keys', joe.email, ...flags)).toEqual({
      status: 0,
      stdout: '',
      stderr: `${joe.email} has no API key.\n`,
    });
    const { status, stderr } = await call(user, 'revoke-key', joe.email, KEY, ...flags);
    expect({ status, hasKey: stderr.includes(KEY) }).toEqual({ status: 2, hasKey: false });
  });
});
