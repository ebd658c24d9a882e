import { describe, expect, it } from 'vitest';
import { startAdministration } from '../../support/administration.ts';
import { countRows } from '../../support/service.ts';
import { importLines, resultsOf } from '../../support/importing.ts';
import known from '../../crypto/legacy/known-answers.json' with { type: 'json' };

const service = startAdministration();
const hashOf = (scheme: string) => known.find((answer) => answer.scheme === scheme)?.hash ?? '';
const bcrypt = hashOf('bcrypt');
const ann = { email: 'ann@example.org', password_hash: bcrypt };

const missing = 'Is missing. Without a password, give null.';
const fields = 'email, email_verified, admin, roles, claims, locale, password_hash, id, registered_on, disabled';
const noTime = 'Must be a time since 1970 with its zone, such as 2026-11-26T21:14:00Z.';

describe('a line of an import', () => {
  it.each([
    ['text', 'ann', '', 'Must be an object.'],
    ['JSON that is no object', '["ann"]', '', 'Must be an object.'],
    ['no address', { password_hash: bcrypt }, 'email', 'Is missing.'],
    [
      'an address that is none',
      { ...ann, email: 'ann' },
      'email',
      'Must be an e-mail address of at most 254 characters.',
    ],
    ['no hash', { email: ann.email }, 'password_hash', missing],
    ['a number for a hash', { ...ann, password_hash: 1 }, 'password_hash', 'Must be a string or null.'],
    [
      'a hash that is too long',
      { ...ann, password_hash: 'a'.repeat(513) },
      'password_hash',
      'Must have at most 512 characters.',
    ],
    ['a mistyped field', { ...ann, verified: true }, '', `Must have no other fields than ${fields}.`],
    ['an id that is no UUID', { ...ann, id: '17' }, 'id', 'Must be a UUID.'],
    ['a time without zone', { ...ann, registered_on: '2020-01-01T00:00:00' }, 'registered_on', noTime],
    ['a day for a time', { ...ann, registered_on: '2020-01-01' }, 'registered_on', noTime],
    ['a day that no calendar has', { ...ann, registered_on: '2020-13-01T00:00:00Z' }, 'registered_on', noTime],
    ['30 February', { ...ann, registered_on: '2020-02-30T00:00:00Z' }, 'registered_on', noTime],
    ['an hour that no day has', { ...ann, registered_on: '2020-01-01T24:00:00Z' }, 'registered_on', noTime],
    ['a number for a time', { ...ann, registered_on: 1_577_836_800 }, 'registered_on', noTime],
    ['a time before 1970', { ...ann, registered_on: '1969-12-31T23:59:59Z' }, 'registered_on', noTime],
    [
      'a time that has not come',
      { ...ann, registered_on: '2999-01-01T00:00:00Z' },
      'registered_on',
      'Is in the future.',
    ],
    ['a text for a flag', { ...ann, admin: 'no' }, 'admin', 'Must be true or false.'],
    ['a role that is none', { ...ann, roles: ['Ä'] }, 'roles', expect.stringContaining('small letters')],
    [
      'roles and claims that no token takes',
      { ...ann, roles: Array.from({ length: 32 }, (_, i) => `${i}`.padEnd(64, 'x')), claims: { a: 'x'.repeat(1000) } },
      'claims',
      expect.stringContaining('bytes together'),
    ],
    ['a reserved claim', { ...ann, claims: { sub: 'x' } }, 'claims', expect.stringContaining('standard')],
    [
      'a pepper of nobody',
      { ...ann, password_hash: `$pbkdf2-sha256-split$i=1000,p=x$${'A'.repeat(22)}$${'B'.repeat(43)}` },
      'password_hash',
      'The hash names a pepper that PASSWORD_PEPPER does not have.',
    ],
    [
      'a hash of ours that is cut off',
      { ...ann, password_hash: '$pbkdf2-sha256-split$i=1000,p=$AAA' },
      'password_hash',
      'The hash is cut off, or not as pbkdf2-sha256-split writes it.',
    ],
    [
      'bcrypt that costs too much',
      { ...ann, password_hash: bcrypt.replace(/^\$2.\$\d\d/, '$$2b$$15') },
      'password_hash',
      expect.stringContaining('15'),
    ],
    [
      'a hash of Firebase without its parameters',
      { ...ann, password_hash: hashOf('firebase-scrypt') },
      'password_hash',
      'Hashes of Firebase need the secret FIREBASE_SCRYPT.',
    ],
  ])('is refused alone: %s', async (_, line, path, message) => {
    const text = typeof line === 'string' ? line : JSON.stringify(line);
    const good = JSON.stringify({ ...ann, email: 'bob@example.org' });
    const response = await importLines(service, `${text}\n${good}`);
    expect(response).toMatchObject({ status: 200, body: { imported: 1, refused: 1 } });
    expect(resultsOf(response)).toMatchObject([
      { line: 1, outcome: 'refused', user_id: null, errors: [{ path, message }] },
      { line: 2, outcome: 'imported' },
    ]);
  });

  it('never repeats what it says', async () => {
    const secrets = ['hunter2@', '$2b$15$hunter2', 'hunter2'];
    const lines = secrets.flatMap((secret) => [
      { ...ann, email: secret },
      { ...ann, password_hash: secret },
      { ...ann, [secret]: 1 },
      secret,
    ]);
    const { body } = await importLines(service, lines.map((line) => JSON.stringify(line)).join('\n'));
    expect(JSON.stringify(body)).not.toContain('hunter2');
    expect(body).toMatchObject({ refused: lines.length });
  });

  it('is refused with a hash of another system once LEGACY_HASHES_UNTIL has passed', async () => {
    const late = startAdministration({ env: { LEGACY_HASHES_UNTIL: '2020-01-01' } });
    const response = await importLines(late, [ann, { email: 'bob@example.org', password_hash: null }]);
    expect(resultsOf(response)).toMatchObject([
      {
        outcome: 'refused',
        errors: [{ path: 'password_hash', message: expect.stringContaining('LEGACY_HASHES_UNTIL') }],
      },
      { outcome: 'imported' },
    ]);
  });
});

describe('the body of an import', () => {
  it('may have a mark of its byte order, CRLF, empty lines and no last line end', async () => {
    const text = `\uFEFF${JSON.stringify(ann)}\r\n\r\n  \n${JSON.stringify({ ...ann, email: 'bob@example.org' })}`;
    expect(resultsOf(await importLines(service, text)).map(({ line, outcome }) => [line, outcome])).toEqual([
      [1, 'imported'],
      [4, 'imported'],
    ]);
  });

  it('must have 1 to 500 lines', async () => {
    const lines = Array.from({ length: 501 }, (_, i) => ({ ...ann, email: `u${i}@example.org` }));
    for (const body of ['', '\n\n', lines]) {
      expect(await importLines(service, body)).toMatchObject({
        status: 400,
        body: {
          code: 'invalid_request',
          errors: [{ path: '', message: 'Must have 1 to 500 lines, each a user as JSON.' }],
        },
      });
    }
    expect(await importLines(service, lines.slice(1))).toMatchObject({ status: 200, body: { imported: 500 } });
    expect(await countRows()).toMatchObject({ users: 500 });
  });

  it('must have at most 1 MiB, be UTF-8 and say that it is lines of JSON', async () => {
    const long = `${JSON.stringify(ann)}${' '.repeat(1024 * 1024)}`;
    expect(await importLines(service, long)).toMatchObject({ status: 413, body: { code: 'import_too_large' } });
    for (const type of ['application/json', 'text/plain', '']) {
      const response = await importLines(service, [ann], { headers: { 'content-type': type } });
      expect(response).toMatchObject({ status: 415, body: { code: 'ndjson_expected' } });
    }
    const { headers } = { headers: { 'content-type': 'application/x-ndjson; charset=utf-8' } };
    expect(await importLines(service, [ann], { headers })).toMatchObject({ status: 200 });
  });
});
