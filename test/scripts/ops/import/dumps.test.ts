import { describe, expect, it } from 'vitest';
import answers from '../../../crypto/legacy/known-answers.json' with { type: 'json' };
import { writeFile } from '../admin/stand-in.ts';
import { contentOf, dump, readRows } from './reading.ts';

/** The hash number `index` of a scheme among the known answers. */
const hash = (scheme: string, index = 0) => answers.filter((answer) => answer.scheme === scheme)[index]?.hash;

const tutorial = (third: string) => {
  const user = (oldId: string, email: string, password: unknown, registered_on: string, admin = false) => ({
    line: { email, password_hash: password, registered_on, admin },
    oldId,
  });
  return [
    user('1', 'ada@example.org', hash('bcrypt', 1), '2017-04-05T10:11:12.123Z', true),
    user('2', 'bob@example.org', hash('bcrypt', 2), '2017-04-06T00:00:00.000Z'),
    user('3', third, hash('bcrypt'), '2017-04-07T10:11:12.000Z'),
    user('4', "o'brien@example.org", hash('bcrypt'), '2018-01-02T03:04:05.500Z'),
    user('5', 'mei@bücher.example', hash('werkzeug-scrypt'), '2024-02-29T23:59:59.000Z'),
  ];
};

describe('the users of the tutorial', () => {
  it.each(['flask-pg-dump.sql', 'flask-pg-dump-inserts.sql', 'flask-sqlite.sql', 'flask.csv'])(
    'come from %s, with hashes that were stored as bytes',
    async (file) => {
      expect(contentOf(await readRows('flask', dump(file)))).toEqual(tutorial('ADA@Example.ORG'));
    },
  );

  it('come from a dump by mysqldump, which escapes by backslashes', async () => {
    expect(contentOf(await readRows('flask', dump('flask-mysql.sql')))).toEqual(tutorial('ａda@example.org'));
  });

  it('have the lines of the file as their places', async () => {
    const places = async (file: string) => (await readRows('flask', dump(file))).map(({ place }) => place);
    expect(await places('flask.csv')).toEqual(['line 2', 'line 3', 'line 4', 'line 5', 'line 6']);
    expect(await places('flask-pg-dump.sql')).toEqual(['line 116', 'line 117', 'line 118', 'line 119', 'line 120']);
  });
});

describe('the users of Supabase', () => {
  const user = (number: number, email: string, password: unknown, isVerified: boolean, disabled: boolean) => {
    const id = `00000000-0000-4000-8000-00000000000${number}`;
    const registered_on = '2025-01-02T01:04:05.678Z';
    return {
      line: { email, password_hash: password, id, registered_on, email_verified: isVerified, disabled },
      oldId: id,
    };
  };

  it.each(['supabase.sql', 'supabase.csv'])('come from %s, without their metadata', async (file) => {
    expect(contentOf(await readRows('supabase', dump(file)))).toEqual([
      user(1, 'ada@example.org', hash('bcrypt'), true, false),
      user(2, 'bob@example.org', null, false, false),
      user(3, 'banned@example.org', hash('bcrypt'), true, true),
      user(4, 'unbanned@example.org', hash('bcrypt'), true, false),
      'This user is deleted.',
      'This user is anonymous.',
      'This user has no e-mail address.',
    ]);
  });
});

describe('the users of Django', () => {
  it('come from Django with a fault for each record that lacks its model or fields', async () => {
    const records = [
      { model: 'auth.user', pk: 1, fields: null },
      { model: 'auth.group', pk: 1, fields: { name: 'editors' } },
      { pk: 2, fields: { email: 'ada@example.org' } },
    ];
    const file = writeFile('null.json', JSON.stringify(records));
    const fault = 'This is no record of Django: it lacks its model or fields.';
    expect(await readRows('django', file)).toEqual([
      { place: 'object 1', fault },
      { place: 'object 3', fault },
    ]);
  });

  it.each(['django.json', 'django.jsonl'])('come from %s, with what is no user passed over', async (file) => {
    const user = (oldId: string, email: string, password: unknown, admin: boolean, disabled: boolean) => ({
      line: { email, password_hash: password, registered_on: `2020-01-0${oldId}T03:04:05.678Z`, admin, disabled },
      oldId,
    });
    expect(contentOf(await readRows('django', dump(file)))).toEqual([
      user('1', 'ada@example.org', hash('django-pbkdf2'), true, false),
      user('2', 'bob@example.org', null, false, true),
      user('3', 'carl@example.org', hash('bcrypt', 1), false, false),
      'This user has no e-mail address, and the user name is not one.',
    ]);
  });
});

it('takes the users of an export of Firebase', async () => {
  const user = (
    oldId: string,
    email: string,
    password: unknown,
    at: string,
    isVerified: boolean,
    disabled: boolean,
  ) => ({
    line: { email, password_hash: password, registered_on: at, email_verified: isVerified, disabled },
    oldId,
  });
  expect(contentOf(await readRows('firebase', dump('firebase.json')))).toEqual([
    user('uid1', 'ada@example.org', hash('firebase-scrypt'), '2017-01-01T00:00:00.123Z', true, false),
    user('uid2', 'bob@example.org', null, '2017-01-01T00:00:00.000Z', false, true),
    'This user has no e-mail address.',
  ]);
});

describe('the users of Better Auth', () => {
  it.each([
    ['better-auth.json'],
    ['better-auth-pg-dump.sql'],
    ['better-auth-sqlite.sql'],
    ['better-auth-mysql.sql'],
    ['better-auth-user.csv', 'better-auth-account.csv'],
    ['better-auth-account.csv', 'better-auth-user.csv'],
  ])('come from %s, none of them as an administrator', async (...files) => {
    const registered_on = '2025-01-02T03:04:05.678Z';
    const id = '0193a0b0-1111-7000-8000-000000000001';
    const ada = { email: 'ada@example.org', email_verified: true, roles: ['admin', 'editor'], disabled: false };
    const bob = { email: 'bob@example.org', email_verified: false, roles: ['user'], disabled: true };
    const mei = { email: 'mei@example.org', email_verified: true, roles: [], disabled: false };
    const rows = contentOf(await readRows('better-auth', ...files.map(dump)));
    expect(rows).toHaveLength(3);
    expect(rows).toEqual(
      expect.arrayContaining([
        { line: { ...ada, registered_on, password_hash: hash('better-auth-scrypt') }, oldId: 'K7a1bc' },
        { line: { ...bob, registered_on, password_hash: hash('better-auth-scrypt', 1), id }, oldId: id },
        { line: { ...mei, registered_on, password_hash: null }, oldId: 'zz9' },
      ]),
    );
  });

  it('are not taken without their passwords, because a file is missing', async () => {
    const reading = readRows('better-auth', dump('better-auth-user.csv'));
    await expect(reading).rejects.toThrow('The passwords are missing: give the table account of Better Auth too.');
  });
});
