import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { expect, it } from 'vitest';
import { command } from '../../../../scripts/ops/user.ts';
import { call } from '../../call.ts';
import { refuse, standIn, succeed, writeFile } from './stand-in.ts';

const counted = (hashes: object[], until: string | null) =>
  standIn({ 'GET /admin/stats': () => succeed({ data: { legacy_hashes: hashes, legacy_hashes_until: until } }) });

it('counts the hashes of other systems, and says until when they are accepted', async () => {
  const hashes = [
    { scheme: 'bcrypt', users: 9900 },
    { scheme: 'django-pbkdf2', users: 3 },
  ];
  const { flags } = await counted(hashes, '2027-06-30');
  expect((await call(command, 'stats', ...flags)).stdout.split('\n')).toEqual([
    'scheme         users',
    'bcrypt         9,900',
    'django-pbkdf2  3',
    '',
    'The service accepts such hashes until the end of 2027-06-30 (UTC). Who has one then resets the password.',
    '',
  ]);
  const endless = await counted(hashes, null);
  expect((await call(command, 'stats', ...endless.flags)).stdout).toContain('LEGACY_HASHES_UNTIL is empty');
  const none = await counted([], null);
  expect((await call(command, 'stats', ...none.flags)).stdout).toBe('No password has the hash of another system.\n');
});

it('exports all users to a file for its owner only, and over no other file', async () => {
  const user = (number: number) => ({ id: `id-${number}`, email: `user${number}@example.org`, password_hash: null });
  const { asked, flags } = await standIn({
    'GET /admin/export': ({ query }) =>
      query['after'] === undefined
        ? succeed({ data: [user(1), user(2)], next: 'two' })
        : succeed({ data: [user(3)], next: null }),
  });
  const file = writeFile('users.ndjson', '');
  const refused = await call(command, 'export', file, ...flags);
  expect(refused).toMatchObject({ status: 1, stdout: '', stderr: `${file} exists. Nothing was written.\n` });
  rmSync(file);
  const { status, stdout } = await call(command, 'export', file, ...flags);
  expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining('Wrote 3 users to ') });
  expect(readFileSync(file, 'utf8')).toBe([1, 2, 3].map((number) => `${JSON.stringify(user(number))}\n`).join(''));
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(asked.map(({ query }) => query)).toEqual([{ limit: '500' }, { limit: '500', after: 'two' }]);
});

it('says what the half of an export is that was broken off, and leaves it alone', async () => {
  const { asked, flags } = await standIn({ 'GET /admin/export': () => succeed({ data: [], next: null }) });
  const part = writeFile('killed.ndjson.part', 'a half');
  const { status, stderr } = await call(command, 'export', part.replace(/\.part$/, ''), ...flags);
  expect({ status, stderr, asked }).toEqual({
    status: 1,
    stderr: `${part} is there from an export that was broken off, or that still runs. Delete it, and try again.\n`,
    asked: [],
  });
  expect(readFileSync(part, 'utf8')).toBe('a half');
});

it('leaves no half of an export', async () => {
  const { flags } = await standIn({
    'GET /admin/export': ({ query }) =>
      query['after'] === undefined ? succeed({ data: [{}], next: 'one' }) : refuse(503, 'storage_unavailable'),
  });
  const file = writeFile('half.ndjson', '');
  rmSync(file);
  expect((await call(command, 'export', file, ...flags)).status).toBe(1);
  expect([file, `${file}.part`].filter((path) => existsSync(path))).toEqual([]);
});
