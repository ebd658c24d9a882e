import { spawnSync } from 'node:child_process';
import { decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { importSigningKeys } from '../../../../src/crypto/signing-keys.ts';
import { describe, expect, it, vi } from 'vitest';
import { command } from '../../../../scripts/ops/user.ts';
import { call } from '../../call.ts';
import { details, ID, joe, refuse, secrets, secretsFile, standIn, succeed } from './stand-in.ts';

const one = `/admin/users/${ID}`;
const lookUp = ({ query }: { query: Record<string, string> }) =>
  succeed({ data: query['address'] === joe.email ? [joe] : [], next: null });
const changed = (fields: object, sessions = 0) =>
  succeed({ message: 'User changed.', changed: true, data: { ...joe, ...fields }, sessions_revoked: sessions });
const session = {
  id: ID,
  started_on: '2026-11-20T10:00:00.000Z',
  last_used_on: '2026-11-20T10:00:00.000Z',
  expires_on: '2026-12-20T10:00:00.000Z',
  address_prefix: null,
  country: null,
  user_agent: null,
};
const unchanged = succeed({ message: 'Nothing to change.', changed: false, data: joe, sessions_revoked: 0 });

describe('npm run user', () => {
  it('makes a token of its own for each request, which is good for the service that the operator names', async () => {
    const { url, asked, flags } = await standIn({
      'GET /admin/users': lookUp,
      [`PATCH ${one}`]: () => changed({ disabled_on: '2026-11-26T10:00:00.000Z' }, 3),
    });
    expect(await call(command, 'disable', 'joe@gmail.com', ...flags)).toEqual({
      status: 0,
      stdout: 'Disabled joe@gmail.com. Ended 3 sessions.\n',
      stderr: '',
    });
    expect(asked.map(({ route, body }) => ({ route, body }))).toEqual([
      { route: 'GET /admin/users', body: undefined },
      { route: `PATCH ${one}`, body: { disabled: true } },
    ]);
    const [verifier] = (await importSigningKeys(secrets['SIGNING_KEYS'] ?? '')).verifiers;
    if (verifier === undefined) throw new TypeError('there is a key');
    const ids = new Set<unknown>();
    for (const { token } of asked) {
      const { payload } = await jwtVerify(token, verifier.key, {
        issuer: url,
        audience: `${url}/admin`,
        typ: 'operator+jwt',
        maxTokenAge: 300,
      });
      expect(decodeProtectedHeader(token)).toEqual({ alg: 'ES256', kid: verifier.kid, typ: 'operator+jwt' });
      expect(Object.keys(payload).toSorted()).toEqual(['aud', 'exp', 'iat', 'iss', 'jti', 'sub']);
      expect(payload.sub).toBe('operator');
      expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBeLessThanOrEqual(300);
      ids.add(payload.jti);
    }
    expect(ids.size).toBe(2);
  });

  it('names the issuer that the operator gives, and never the one that the server names', async () => {
    const { asked, flags } = await standIn({
      [`GET ${one}`]: () => succeed({ data: details }),
      'GET /.well-known/oauth-authorization-server': () => ({ body: { issuer: 'https://auth.example.org' } }),
    });
    await call(command, 'show', ID, ...flags);
    await call(command, 'show', ID, ...flags, '--issuer', 'https://auth.example.net');
    const issuers = asked.map(({ token }) => decodeJwt(token).iss);
    expect(issuers).toEqual([flags[1], 'https://auth.example.net']);
  });

  it('never calls an unknown address done', async () => {
    const { flags, asked } = await standIn({
      'GET /admin/users': ({ query }) =>
        (query['address'] ?? '').length > 254 ? refuse(400, 'invalid_request') : lookUp({ query }),
    });
    const one = ['disable', 'enable', 'delete', 'reset', 'unlock', 'sessions', 'logout', 'why', 'show', 'verify'];
    const commands = [
      ...one.map((name) => [name]),
      ['admin', 'on'],
      ['roles', '+a'],
      ['claims', '{}'],
      ['email', 'a@b.c'],
    ];
    for (const [name = '', ...more] of commands) {
      for (const who of ['jo@gmail.com', '%@%', `${'a'.repeat(10_000)}@b.c`]) {
        const stderr = 'There is no account with this address.\n';
        expect(await call(command, name, who, ...more, ...flags)).toEqual({ status: 1, stdout: '', stderr });
      }
    }
    expect(asked.every(({ route }) => route === 'GET /admin/users')).toBe(true);
  });

  it('says so, with the exit code 1, when there was nothing to do', async () => {
    const { flags } = await standIn({
      'GET /admin/users': ({ query }) =>
        'address' in query ? succeed({ data: [joe], next: null }) : succeed({ data: [], next: null }),
      [`PATCH ${one}`]: () => unchanged,
      [`POST ${one}/unlock`]: () => succeed({ message: '', attempts_forgotten: 0 }),
      [`DELETE ${one}/sessions`]: () => succeed({ message: '', sessions_revoked: 0 }),
    });
    const said = async (...args: string[]) => {
      const { status, stdout, stderr } = await call(command, ...args, ...flags);
      return [status, stdout + stderr];
    };
    expect(await said('enable', 'joe@gmail.com')).toEqual([1, 'joe@gmail.com is not disabled. Nothing was changed.\n']);
    expect(await said('unlock', ID)).toEqual([1, `Nothing was counted against ${ID}. Nothing was changed.\n`]);
    expect(await said('logout', 'joe@gmail.com')).toEqual([1, 'joe@gmail.com has no live session.\n']);
    expect(await said('find', '@gmai')).toEqual([1, 'No address has a domain that begins with gmai.\n']);
    expect(await said('find', 'jo', '--admin')).toEqual([1, 'No user matches.\n']);
    expect(await said('find', '%')).toEqual([1, 'No address begins with %.\n']);
  });

  it('says where to look when somebody is named by a part of the address', async () => {
    const { flags } = await standIn({
      'GET /admin/events': () => succeed({ data: [], next: null }),
      'GET /admin/users/joe': () => refuse(404, 'unknown_user'),
      [`GET ${one}`]: () => refuse(404, 'unknown_user'),
    });
    for (const name of ['why', 'show', 'roles'])
      expect(await call(command, name, 'joe', ...flags)).toEqual({
        status: 1,
        stdout: '',
        stderr: `joe is neither an address nor an id: npm run user -- find joe ${flags.join(' ')}\n`,
      });
    expect((await call(command, 'show', ID, ...flags)).stderr).toBe('There is no account with this id.\n');
    expect((await call(command, 'show', 'joe.smith')).stderr).toMatch(/^That is neither an address nor an id\. `find`/);
    for (const address of ['ben@', '@example.org', 'b en@example.org', 'a@b@c'])
      for (const args of [
        ['why', address],
        ['add', address],
        ['email', ID, address],
      ])
        expect(await call(command, ...args)).toMatchObject({
          status: 2,
          stderr: expect.stringMatching(
            /^That is no address: it takes a name before the @, and a domain after it\.\nusage/,
          ),
        });
  });

  it('ends one session that lives, and says when it is over or another user has it', async () => {
    const listed = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ ...session, id: `s${index}`, user_agent: null }));
    let live = listed(2);
    const { asked, flags } = await standIn({
      [`GET ${one}/sessions`]: () => succeed({ data: live, next: null }),
      [`DELETE ${one}/sessions/s1`]: () => succeed({ message: 'Session revoked.' }),
      [`DELETE ${one}/sessions/s200`]: () => succeed({ message: 'Session revoked.' }),
    });
    const done = { status: 0, stdout: `Ended 1 session of ${ID}.\n`, stderr: '' };
    expect(await call(command, 'logout', ID, 's1', ...flags)).toEqual(done);
    asked.length = 0;
    expect(await call(command, 'logout', ID, 's200', ...flags)).toEqual({
      status: 1,
      stdout: '',
      stderr: `${ID} has no live session with this id. It is over, or it is not theirs.\n`,
    });
    expect(asked.map(({ route }) => route)).toEqual([`GET ${one}/sessions`]);
    // The service lists no more than that.
    live = listed(100);
    expect(await call(command, 'logout', ID, 's200', ...flags)).toEqual(done);
  });

  it('finds users in as many pages as it takes, and says when there are more', async () => {
    const { asked, flags } = await standIn({
      'GET /admin/users': ({ query }) =>
        succeed({ data: Array.from({ length: Number(query['limit']) }, () => joe), next: `${query['after'] ?? ''}x` }),
    });
    const { stdout, stderr, status } = await call(
      command,
      'find',
      'jo',
      '--role',
      'editor',
      '--limit',
      '150',
      ...flags,
    );
    expect(stdout.trim().split('\n')).toHaveLength(151);
    expect(stdout).toContain(`joe@gmail.com  ${ID}  2026-11-01 10:00:00Z         editor`);
    expect(stderr).toBe('There are more. Give more of the address, or --limit N.\n');
    expect(status).toBe(0);
    expect(asked.map(({ query }) => query)).toEqual([
      { email: 'jo', role: 'editor', limit: '100' },
      { email: 'jo', role: 'editor', limit: '50', after: 'x' },
    ]);
  });

  it('prints one JSON document with --json, and nothing else', async () => {
    const { flags } = await standIn({
      'GET /admin/users': lookUp,
      [`GET ${one}`]: () => succeed({ data: { ...details, later: 1 } }, { ETag: '"1"' }),
      [`PATCH ${one}`]: () => changed({ admin: true }),
      [`GET ${one}/sessions`]: () => succeed({ data: [], next: null }),
      'GET /admin/events': () => succeed({ data: [], next: null }),
    });
    const json = async (...args: string[]): Promise<unknown> =>
      JSON.parse((await call(command, ...args, ...flags, '--json')).stdout);
    expect(await json('show', ID)).toEqual({ data: { ...details, later: 1 } });
    expect(await json('find')).toEqual({ data: [], next: null });
    expect(await json('sessions', 'joe@gmail.com')).toEqual({ data: [], next: null });
    expect(await json('admin', ID, 'on')).toMatchObject({ data: { admin: true }, sessions_revoked: 0 });
    expect(await json('why', ID)).toMatchObject({ reasons: [] });
  });

  it('edits roles again when somebody else has changed the account meanwhile', async () => {
    let version = 1;
    const { asked, flags } = await standIn({
      [`GET ${one}`]: () => succeed({ data: { ...details, roles: [`r${version}`] } }, { ETag: `"${version}"` }),
      [`PATCH ${one}`]: ({ ifMatch, body }) => {
        version += 1;
        return ifMatch === '"3"' ? changed({ ...body }) : refuse(412, 'precondition_failed');
      },
    });
    const { status, stdout } = await call(command, 'roles', ID, '+editor', '-r3', '-viewer', ...flags);
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: 'joe@gmail.com has the role editor. Older access tokens are refused within a minute.\n',
    });
    expect(asked.filter(({ route }) => route.startsWith('PATCH')).map(({ body }) => body)).toEqual([
      { roles: ['r1', 'editor'] },
      { roles: ['r2', 'editor'] },
      { roles: ['editor'] },
    ]);
  });

  it('takes a password from standard input only', async () => {
    const { url, asked } = await standIn({
      'POST /admin/users': () => ({
        status: 201,
        body: { status: 'success', message: 'User created.', data: joe, invitation: null },
      }),
    });
    for (const given of [['--password', 'hunter2'], ['--password=hunter2'], ['-p', 'hunter2'], ['--pass=hunter2']]) {
      const { status, stdout, stderr } = await call(command, 'add', 'joe@gmail.com', ...given);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toContain('A password is not an argument');
      expect(stderr).not.toContain('hunter2');
    }
    const args = [
      'scripts/run.js',
      'ops/user',
      'add',
      'joe@gmail.com',
      '--password-stdin',
      '--role',
      'a',
      '--role',
      'b',
    ];
    const { spawnAsync } = await import('./spawn-async.ts');
    const piped = await spawnAsync([...args, '--url', url, '--secrets-file', secretsFile], 'hunter2 \r\n');
    expect(piped).toEqual({ status: 0, stdout: `Made joe@gmail.com (${ID}).\n`, stderr: '' });
    expect(asked.map(({ body }) => body)).toEqual([
      { email: 'joe@gmail.com', roles: ['a', 'b'], password: 'hunter2 ' },
    ]);
    const empty = spawnSync(process.execPath, [...args, '--url', url, '--secrets-file', secretsFile], { input: '\n' });
    expect(empty.status).toBe(2);
  });

  it('names the service that it has changed, when that is not on this machine', async () => {
    const { url } = await standIn({
      'GET /admin/users': lookUp,
      [`GET ${one}`]: () => succeed({ data: details }, { ETag: '"1"' }),
      [`PATCH ${one}`]: ({ body }) =>
        body?.['disabled'] === true ? changed({ disabled_on: '2026-11-26T10:00:00.000Z' }, 1) : changed({ ...body }),
      [`DELETE ${one}`]: () => succeed({ message: '', sessions_revoked: 2 }),
      [`DELETE ${one}/sessions`]: () => succeed({ message: '', sessions_revoked: 2 }),
      [`POST ${one}/unlock`]: () => succeed({ message: '', attempts_forgotten: 1 }),
    });
    const { fetch } = globalThis;
    vi.stubGlobal('fetch', (asked: URL, init: RequestInit) => fetch(new URL(asked.pathname + asked.search, url), init));
    const flags = ['--url', 'https://auth.example.org', '--secrets-file', secretsFile];
    const said: string[] = [];
    for (const args of [
      ['disable', 'joe@gmail.com'],
      ['enable', ID],
      ['admin', ID, 'on'],
      ['roles', ID, '+a'],
      ['unlock', ID],
      ['logout', ID],
      ['delete', ID, '--yes'],
    ])
      said.push((await call(command, ...args, ...flags)).stdout.trim());
    vi.unstubAllGlobals();
    const at = 'at https://auth.example.org.';
    const older = 'Older access tokens are refused within a minute.';
    expect(said).toEqual([
      `Disabled joe@gmail.com ${at} Ended 1 session.`,
      `Enabled joe@gmail.com ${at} Earlier sessions stay over.`,
      `joe@gmail.com is an administrator ${at} ${older}`,
      `joe@gmail.com has the roles editor, a ${at} ${older}`,
      `Unlocked ${ID} ${at} Cleared 1 counter of attempts.`,
      `Ended 2 sessions of ${ID} ${at}`,
      `Deleted joe@gmail.com (id ${ID}) ${at} Ended 2 sessions.`,
    ]);
  });

  it('hands a link over where no mail is sent', async () => {
    const delivery = {
      mailed: false,
      link: 'https://auth.example.org/reset#x',
      expires_on: '2026-11-26T10:00:00.000Z',
    };
    const { asked, flags } = await standIn({
      'GET /admin/users': lookUp,
      [`POST ${one}/password-reset`]: ({ body }) =>
        body?.['delivery'] === 'link'
          ? succeed({ message: '', data: delivery })
          : succeed({ message: '', data: { ...delivery, mailed: true, link: null } }),
    });
    const { stdout } = await call(command, 'reset', 'joe@gmail.com', '--link', ...flags);
    expect(stdout).toContain('until 2026-11-26 10:00:00Z:\n\n  https://auth.example.org/reset#x\n');
    const mailed = await call(command, 'reset', 'joe@gmail.com', ...flags);
    expect(mailed.stdout).toMatch(/^Mailed joe@gmail.com a link/);
    expect(asked.flatMap(({ body }) => (body === undefined ? [] : [body]))).toEqual([{ delivery: 'link' }, {}]);
  });

  it('asks before what cannot be undone, and does nothing where nobody can answer', async () => {
    const { asked, flags } = await standIn({
      'GET /admin/users': lookUp,
      [`GET ${one}`]: () => succeed({ data: details }),
      [`DELETE ${one}`]: () => succeed({ message: 'User deleted.', sessions_revoked: 2 }),
      'POST /admin/sessions/revoke': ({ body }) =>
        succeed({
          message: '',
          users_changed: 100,
          sessions_revoked: 1,
          next: body?.['after'] === undefined ? 'x' : null,
        }),
    });
    for (const args of [['delete', 'joe@gmail.com'], ['logout-everybody']]) {
      const { status, stdout, stderr } = await call(command, ...args, ...flags);
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toContain('--yes');
    }
    expect(asked.map(({ route }) => route)).toEqual(['GET /admin/users', `GET ${one}`]);
    expect(await call(command, 'delete', ID, '--yes', ...flags)).toEqual({
      status: 0,
      stdout: `Deleted joe@gmail.com (id ${ID}). Ended 2 sessions.\n`,
      stderr: '',
    });
    expect(await call(command, 'logout-everybody', '--restored', '--yes', ...flags)).toEqual({
      status: 0,
      stdout: 'Ended 2 sessions of 200 users.\n',
      stderr: '100 users, 1 session …\n',
    });
    expect(asked.slice(-2).map(({ body }) => body)).toEqual([{ restored: true }, { restored: true, after: 'x' }]);
    const passwords = await call(command, 'logout-everybody', '--reset-passwords', '--yes', ...flags);
    expect(passwords.stdout.split('\n').slice(1)).toEqual([
      'Nobody can log in until they reset the password.',
      `Without mail, give each a link: npm run user -- reset EMAIL --link ${flags.join(' ')}`,
      '',
    ]);
  });

  it('lets no text of the service reach the terminal unescaped', async () => {
    const hostile = 'Mozilla\u001b[2J\u009b1m\u202e\nx';
    const hostileSession = { ...session, started_on: 'x\u001b', country: '\u0007', user_agent: hostile };
    const { flags } = await standIn({
      [`GET ${one}/sessions`]: () => succeed({ data: [hostileSession], next: null }),
      [`GET ${one}`]: () => refuse(409, 'new\u001b[2J', hostile),
    });
    for (const args of [
      ['sessions', ID],
      ['sessions', ID, '--json'],
      ['show', ID],
    ]) {
      const { stdout, stderr } = await call(command, ...args, ...flags);
      expect(stdout + stderr).toMatch(/Mozilla\\u/);
      expect((stdout + stderr).replaceAll('\n', '')).not.toMatch(/\p{C}/u);
    }
    const { stdout } = await call(command, 'sessions', ID, '--json', ...flags);
    expect(JSON.parse(stdout)).toEqual({ data: [hostileSession], next: null });
  });

  it.each([
    ['Give one of the commands.', []],
    ['There is no such command.', ['constructor']],
    ['There is no such command.', ['hunter2', '--url', 'http://localhost:1']],
    ['There is no command disabel. Did you mean disable?', ['disabel', 'joe@gmail.com']],
    ['There is no command finds. Did you mean find?', ['--json', 'finds']],
  ])('says %s', async (words, args) => {
    const stderr = `${words}\n\`npm run user -- --help\` lists the commands.\n`;
    expect(await call(command, ...args)).toEqual({ status: 2, stdout: '', stderr });
  });

  it.each([
    ['--secrets-file lacks its value.', ['--secrets-file']],
    ['There is no option --secret-file. Did you mean --secrets-file?', ['--secret-file', 'x']],
    ['There is no such option.', ['--hunter2']],
    ['--json is given twice.', ['--json', '--json']],
    ['show takes no --yes.', ['--yes']],
  ])('says %s, with the usage of this command only', async (words, args) => {
    expect(await call(command, 'show', ID, ...args)).toEqual({
      status: 2,
      stdout: '',
      stderr: `${words}\nusage: npm run user -- show EMAIL|ID\n\`npm run user -- --help\` explains all commands and options.\n`,
    });
  });

  it.each([
    ['show'],
    ['show', 'a', 'b'],
    ['show', '../x'],
    ['show', '..'],
    ['show', ''],
    ['show', '%'],
    ['show', 'a'.repeat(10_000)],
    ['show', 'a@b', '--admin'],
    ['find', '--limit', '0'],
    ['find', '--limit', 'x'],
    ['logout', 'a@b', '../..'],
    ['admin', 'a@b', 'yes'],
    ['claims', 'a@b', '[]'],
    ['claims', 'a@b', '{'],
    ['roles', 'a@b', '+a', 'b'],
    ['roles', 'a@b', ''],
    ['roles', 'a@b', 'A'],
    ['roles', 'a@b', '+a', '-a'],
    ['roles', 'a@b', '+a', '--none'],
    ['add', 'joe'],
    ['email', 'a@b', 'c'],
    ['find', '--url', 'http://auth.example.org', '--secrets-file', secretsFile],
    ['find', '--url', 'https://auth.example.org/x', '--secrets-file', secretsFile],
    ['find', '--url', 'https://a:b@auth.example.org', '--secrets-file', secretsFile],
    ['find', '--url', 'ftp://localhost', '--secrets-file', secretsFile],
    ['find', '--issuer', 'http://auth.example.org', '--secrets-file', secretsFile],
  ])('refuses the arguments %j', async (...args) => {
    const { status, stdout, stderr } = await call(command, ...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(
      /\nusage: npm run user -- \w+ .*\n`npm run user -- --help` explains all commands and options\.\n$/,
    );
  });
});
