import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { runCommand } from '../../../../scripts/command.ts';
import { command } from '../../../../scripts/ops/import.ts';
import { call } from '../../call.ts';
import { succeed, writeFile } from '../admin/stand-in.ts';
import { dump } from './reading.ts';
import { down, importService, linesOf } from './service.ts';

const BOM = '\u{feff}';
const HASH = '$2b$13$cnKU4uCWizYicxIhMoGqsOu2oYOKrYr2x8Wm5hEJ4wFd6n0WTkFYO';
const line = (email: string, more = {}) => JSON.stringify({ email, password_hash: HASH, ...more });
const many = (count: number) =>
  Array.from({ length: count }, (_, index) => line(`user${index}@example.org`)).join('\n');

describe('npm run import', () => {
  it('takes users by chunks, each with a token of its own, and says what a login costs', async () => {
    const { asked, users, flags } = await importService();
    const file = writeFile('many.ndjson', `${BOM}${many(1201)}\n${line('admin@example.org', { admin: true })}`);
    const { status, stdout } = await call(command, file, ...flags);
    expect(stdout.split('\n')).toEqual([
      'Imported 1,202 users. 0 were there already, 0 not taken.',
      '1 of them is an administrator.',
      '',
      'scheme  parameters  users  CPU of the first login',
      'bcrypt  cost 13     1,202  525 ms',
      '',
    ]);
    expect(status).toBe(0);
    expect(users.size).toBe(1202);
    expect(asked.map((one) => linesOf(one).length)).toEqual([500, 500, 202]);
    expect(new Set(asked.map(({ token }) => token)).size).toBe(3);
  });

  it('keeps a chunk below the megabyte that the service takes', async () => {
    const { asked, flags } = await importService();
    const claims = { text: 'é'.repeat(15_000) };
    const rows = Array.from({ length: 60 }, (_, index) => line(`user${index}@example.org`, { claims }));
    await call(command, writeFile('wide.ndjson', rows.join('\n')), ...flags);
    expect(asked.map((one) => linesOf(one).length)).toEqual([33, 27]);
  });

  it('says by their places which rows it does not take, and why, and never whose they are', async () => {
    const { flags } = await importService();
    const rows = [line('ada@example.org'), line('no-address@x'), ' ', line('ＡＤＡ@Example.ORG'), '{"email":"bob@ex'];
    const { status, stdout } = await call(command, writeFile('faults.ndjson', rows.join('\r\n')), ...flags);
    expect(stdout.split('\n').slice(0, 4)).toEqual([
      'line 2: email: Must be an address.',
      'line 4: This has the same address as line 1.',
      'line 5: This is not JSON. Is the file cut off?',
      'Imported 1 user. 0 were there already, 3 not taken.',
    ]);
    expect(stdout).not.toMatch(/@|\$2b/);
    expect(status).toBe(1);
  });

  it('says the fault of a whole line without the name of a field', async () => {
    const errors = [{ path: '', message: 'Must have no more than 9 fields.' }];
    const data = [{ line: 1, outcome: 'refused', user_id: null, errors }];
    const { flags } = await importService(() => succeed({ message: 'Users imported.', data, schemes: [] }));
    const { stdout } = await call(command, writeFile('whole.ndjson', line('ada@example.org')), ...flags);
    expect(stdout).toContain('line 1: Must have no more than 9 fields.\n');
  });

  it('does not take a line that is nested too deeply, and goes on', async () => {
    const deep = `{"email":"ada@example.org","password_hash":null,"claims":${'['.repeat(30_000)}${']'.repeat(30_000)}}`;
    const { flags } = await importService();
    const { stdout } = await call(command, writeFile('deep.ndjson', `${deep}\n${line('bob@example.org')}`), ...flags);
    expect(stdout).toContain('line 1: This is nested too deeply.\nImported 1 user.');
  });

  it('keeps the bar on a terminal until it writes the next line', async () => {
    const { flags } = await importService();
    const file = writeFile('bar.ndjson', `${line('no-address@x')}\n${many(3)}`);
    const isTty = Object.getOwnPropertyDescriptor(process.stderr, 'isTTY');
    const written: string[] = [];
    const bar = vi.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0);
    const log = vi.spyOn(console, 'log').mockImplementation((words: string) => void written.push(`${words}\n`));
    Object.defineProperty(process.stderr, 'isTTY', { value: true, configurable: true });
    try {
      await runCommand(command, [file, ...flags]);
    } finally {
      Object.defineProperty(process.stderr, 'isTTY', isTty ?? { value: undefined, configurable: true });
      bar.mockRestore();
      log.mockRestore();
    }
    expect(written.slice(0, 4)).toEqual([
      'line 1: email: Must be an address.\n',
      `\r\u001b[K[${'#'.repeat(30)}] 100 %, 4 rows`,
      '\r\u001b[K',
      'Imported 3 users. 0 were there already, 1 not taken.\n',
    ]);
  });

  it('writes nothing in a dry run', async () => {
    const { asked, users, flags } = await importService();
    const { status, stdout } = await call(command, dump('flask.csv'), '--from', 'flask', '--dry-run', ...flags);
    expect(stdout).toContain('Would import 4 users. 0 were there already, 1 not taken.\nNothing was written.\n');
    expect(asked.map(({ query }) => query)).toEqual([{ dry_run: 'true' }]);
    expect({ status, users: users.size }).toEqual({ status: 1, users: 0 });
  });

  it('writes the old and new ids of the users, again when it is run again, and over no other file', async () => {
    const { flags } = await importService();
    const ids = writeFile('ids.csv', '');
    const args = [dump('flask.csv'), '--from', 'flask', '--ids', ids, ...flags];
    const expected = 'old_id,user_id\n1,id-0\n2,id-1\n4,id-2\n5,id-3\n';
    await call(command, ...args);
    expect(readFileSync(ids, 'utf8')).toBe(expected);
    const second = await call(command, ...args);
    expect(second.stdout).toContain('Imported 0 users. 4 were there already, 1 not taken.');
    expect(readFileSync(ids, 'utf8')).toBe(expected);
    const other = writeFile('other.csv', 'something else');
    const refused = await call(command, ...args.map((arg) => (arg === ids ? other : arg)));
    expect(refused.status).toBe(2);
    expect(readFileSync(other, 'utf8')).toBe('something else');
  });

  it('refuses before it sends anything what is no file for ids', async () => {
    const { asked, flags } = await importService();
    const folder = dirname(writeFile('ada.ndjson', line('ada@example.org')));
    execFileSync('mkfifo', [`${folder}/ids.fifo`]);
    const places = [
      folder,
      `${folder}/ids.fifo`,
      '/dev/null',
      `${folder}/none/ids.csv`,
      `${folder}/ada.ndjson/ids.csv`,
    ];
    const said = [];
    for (const place of places) {
      const { status, stderr } = await call(command, `${folder}/ada.ndjson`, '--ids', place, ...flags);
      said.push([status, stderr.replaceAll(folder, 'HERE')]);
    }
    expect(said).toEqual([
      [2, '--ids: HERE is a folder, not a file.\n'],
      [2, '--ids: HERE/ids.fifo is no plain file.\n'],
      [2, '--ids: /dev/null is no plain file.\n'],
      [2, '--ids: No such file or folder: HERE/none/ids.csv (ENOENT).\n'],
      [2, '--ids: Not a folder: HERE/ada.ndjson/ids.csv (ENOTDIR).\n'],
    ]);
    expect(asked).toEqual([]);
  });

  it('takes users without a password whose hash nobody can verify, when it is told to', async () => {
    const { asked, flags } = await importService();
    const argon = { password_hash: '$argon2id$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA' };
    const rows = [line('ada@example.org', argon), line('bob@example.org'), line('no-address@x', argon)];
    const file = writeFile('argon.ndjson', rows.join('\n'));
    const without = await call(command, file, '--dry-run', ...flags);
    expect(without.stdout).toContain('line 1: password_hash: Nobody can verify this.\nline 3: email:');
    const { stdout } = await call(command, file, '--reset-unsupported', ...flags);
    expect(stdout.split('\n').slice(0, 3)).toEqual([
      'line 3: email: Must be an address.',
      'Imported 2 users. 0 were there already, 1 not taken.',
      '1 of them came without the password, and must choose one by a reset.',
    ]);
    expect(asked.slice(-1).flatMap(linesOf)).toEqual([{ email: 'ada@example.org', password_hash: null }]);
  });

  it('keeps the password of users whose hash the service could verify with a secret that it lacks', async () => {
    const message = 'Hashes of Firebase need the secret FIREBASE_SCRYPT.';
    const errors = [{ path: 'password_hash', message }];
    const { asked, flags } = await importService(() => ({
      status: 200,
      body: {
        status: 'success',
        message: 'Users imported.',
        imported: 0,
        unchanged: 0,
        refused: 1,
        data: [{ line: 1, outcome: 'refused', user_id: null, errors }],
        schemes: [],
      },
    }));
    const file = writeFile('firebase.ndjson', line('ada@example.org'));
    const { status, stdout } = await call(command, file, '--reset-unsupported', ...flags);
    expect(stdout).toContain(`line 1: password_hash: ${message}\n`);
    expect({ status, asked: asked.length }).toEqual({ status: 1, asked: 1 });
  });

  it('fails soon where nothing listens', async () => {
    const { flags } = await importService();
    // Nothing listens on a port as low.
    const args = flags.map((flag) => (flag.startsWith('http') ? 'http://127.0.0.1:2' : flag));
    const { status, stdout, stderr } = await call(command, writeFile('one.ndjson', line('a@example.org')), ...args);
    const words = 'Nothing answers at http://127.0.0.1:2. Is npm run dev running?';
    expect({ status, stdout, stderr }).toEqual({
      status: 1,
      stdout: '',
      stderr: `The service is http://127.0.0.1:2.\n${words} Trying again in 1 s …\n${words}\n`,
    });
  });

  it('prints the lines of a failure one by one when it cannot go on', async () => {
    const errors = [{ path: 'email', message: 'No.' }];
    const body = { status: 'fail', code: 'x', message: 'No.', errors };
    const { flags } = await importService((number) => (number === 2 ? { status: 400, body } : undefined));
    const { status, stderr } = await call(command, writeFile('lines.ndjson', many(501)), ...flags);
    const [first, second, third] = stderr.split('\n').slice(-4);
    expect([first, second]).toEqual(['The service refused this (400 x): No.', '  email: No.']);
    expect(third).toContain('Run the same command again');
    expect(status).toBe(1);
  });

  it('stops at a refusal that stays, and a second run completes what is left', async () => {
    let isBroken = true;
    const { users, flags } = await importService((number) =>
      isBroken && number === 2
        ? { ...down, status: 403, body: { status: 'fail', code: 'x', message: 'No.' } }
        : undefined,
    );
    const file = writeFile('broken.ndjson', many(700));
    const first = await call(command, file, ...flags);
    expect(first.stderr).toContain('The service refused this (403 x): No.\nRun the same command again: it goes on');
    expect({ status: first.status, users: users.size }).toEqual({ status: 1, users: 500 });
    isBroken = false;
    const second = await call(command, file, ...flags);
    expect(second.stdout).toContain('Imported 200 users. 500 were there already, 0 not taken.');
    expect({ status: second.status, users: users.size }).toEqual({ status: 0, users: 700 });
  });
});

describe('a file that is not what --from says', () => {
  const refusal = async (...args: string[]) => {
    const { asked, flags } = await importService();
    const { status, stdout, stderr } = await call(command, ...args, ...flags);
    expect({ status, stdout, asked }).toEqual({ status: 2, stdout: '', asked: [] });
    return stderr;
  };

  it.each([
    ['flask', 'supabase.csv', "is not a dump of the tutorial's users table: it has no column password."],
    ['flask', 'better-auth-pg-dump.sql', "is not a dump of the tutorial's users table: it has no rows of users."],
    ['supabase', 'flask-pg-dump.sql', "is not a dump of Supabase's auth.users: it has no rows of users."],
    ['firebase', 'django.json', 'is not an auth:export of Firebase in JSON: its first user has no localId.'],
    ['firebase', 'flask.csv', 'is not an auth:export of Firebase in JSON: it is not JSON.'],
    ['django', 'firebase.json', "is not a dumpdata of Django's users: line 1: This is not JSON."],
    ['latchkey', 'django.jsonl', 'its first line has no field email. Name what it is with --from.'],
    ['latchkey', 'flask-pg-dump.sql', 'it is not NDJSON. Name what it is with --from.'],
    ['latchkey', 'flask.csv', 'it is not NDJSON. Name what it is with --from.'],
    ['latchkey', 'django.json', 'it is not NDJSON. Name what it is with --from.'],
    ['latchkey', 'firebase.json', 'Name what it is with --from.'],
  ])('is refused before anything is sent: %s from %s', async (from, file, words) => {
    expect(await refusal(dump(file), '--from', from)).toContain(words);
  });

  it('may be a dump that does not name its columns', async () => {
    const file = writeFile('unnamed.sql', "INSERT INTO public.users VALUES (1, 'ada@example.org');\n");
    const words = 'does not name the columns of this table. Dump it with --column-inserts (pg_dump)';
    expect(await refusal(file, '--from', 'flask')).toContain(words);
  });

  it('is refused before anything is sent when it is the second one', async () => {
    // More than fit into a chunk.
    const rows = Array.from({ length: 501 }, (_, id) => `${id},user${id}@example.org,${HASH},2017-04-05 10:11:12,f\n`);
    const first = writeFile('first.csv', `id,email,password,registered_on,admin\n${rows.join('')}`);
    const words = await refusal(first, dump('supabase.csv'), '--from', 'flask');
    expect(words).toContain('supabase.csv is not a dump of the tutorial');
  });

  it('says what it is instead, when that is known', async () => {
    const utf16 = [0x69, 0, 0x64, 0, 0x2c, 0];
    const bytes = (...values: number[]) => Uint8Array.from(values);
    const files: [string | Uint8Array, string][] = [
      ['', 'is empty.'],
      ['id,email,password,registered_on,admin\n', 'it has no rows of users.'],
      ['SQLite format 3\0', 'is a SQLite database.'],
      ['PGDMP\u0001', 'in the custom format of PostgreSQL.'],
      [bytes(0x1f, 0x8b, 8), 'is compressed.'],
      [bytes(0xff, 0xfe, ...utf16), 'is UTF-16.'],
      [bytes(...utf16), 'holds NUL bytes.'],
      [bytes(0x69, 0x64, 0x0a, 0x4d, 0xfc, 0x6c), 'is not UTF-8 from about line 1 on.'],
    ];
    for (const [content, words] of files) {
      const file = writeFile('wrong.csv', content);
      expect(await refusal(file, '--from', 'flask')).toContain(words);
    }
  });

  it('may be a folder, or not there', async () => {
    const folder = writeFile('x', '').replace(/x$/, 'folder');
    mkdirSync(folder, { recursive: true });
    expect(await refusal(folder)).toContain('is a folder, not a file.');
    expect(await refusal(`${dirname(folder)}/none.csv`)).toContain('There is no file');
  });

  it('has a name of a source that there is', async () => {
    expect(await refusal(dump('flask.csv'), '--from', 'flsk')).toContain('Did you mean flask?');
    expect(await refusal(dump('flask.csv'), '--from', 'constructor')).toContain('It takes latchkey, flask');
    expect(await refusal()).toContain('Name the file with the users.');
  });
});
