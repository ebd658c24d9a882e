import { describe, expect, it } from 'vitest';
import { command } from '../../../../scripts/ops/machine.ts';
import { call } from '../../call.ts';
import { orders, key, SECRET, KEY, one, changed, unchanged, TOKENS_END } from './machine-records.ts';
import { refuse, secretsFile, standIn, succeed, writeFile } from './stand-in.ts';

describe('npm run machine', () => {
  it('makes a client, and prints its secret once, with a call to try it', async () => {
    const { url, asked, flags } = await standIn({
      'POST /admin/clients': () => ({
        status: 201,
        body: { status: 'success', message: 'Client created.', client_secret: SECRET, data: orders },
      }),
    });
    const more = ['--name', 'Order service', '--scope', 'articles:read,b', '--scope', 'articles:read'];
    const { status, stdout, stderr } = await call(command, 'add', 'orders', ...more, ...flags);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.split('\n')).toEqual([
      'Made the client orders (Order service) with the scope articles:read.',
      '',
      'client_id      orders',
      `client_secret  ${SECRET}`,
      '',
      'Give both to the program, by a way that you trust. The secret is not shown again.',
      'Try it, with the secret in CLIENT_SECRET:',
      `  curl -s -u "orders:$CLIENT_SECRET" ${url}/oauth/token -d grant_type=client_credentials`,
      '',
    ]);
    expect(asked.map(({ body }) => body)).toEqual([
      { client_id: 'orders', name: 'Order service', scopes: ['articles:read', 'b'] },
    ]);
    const json = await call(command, 'add', 'orders', ...flags, '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({ client_secret: SECRET, data: orders });
    expect(asked.at(-1)?.body).toEqual({ client_id: 'orders', name: 'orders', scopes: [] });
  });

  it('says how to give a scope to a client that has none', async () => {
    const { flags } = await standIn({
      'POST /admin/clients': () => ({
        status: 201,
        body: { status: 'success', message: 'Client created.', client_secret: SECRET, data: { ...orders, scopes: [] } },
      }),
    });
    expect((await call(command, 'add', 'orders', ...flags)).stdout.split('\n').slice(0, 2)).toEqual([
      'Made the client orders (Order service) with no scope.',
      `It gets in nowhere yet: npm run machine -- scopes orders +SCOPE ${flags.join(' ')}`,
    ]);
  });

  it('sends the public keys of a client, and no file that holds a private one', async () => {
    let secrets: typeof orders.secrets = [];
    const jwk = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y', kid: 'k1' };
    const { asked, flags } = await standIn({
      'POST /admin/clients': () => ({
        status: 201,
        body: {
          status: 'success',
          message: 'Client created.',
          client_secret: null,
          data: { ...orders, jwks: { keys: [jwk] }, secrets: [] },
        },
      }),
      [`PATCH ${one}`]: () => changed({ secrets }),
    });
    const files = [JSON.stringify({ keys: [jwk] }), JSON.stringify(jwk)].map((text, i) =>
      writeFile(`p${i}.json`, text),
    );
    for (const file of files) {
      const { stdout } = await call(command, 'add', 'orders', '--jwks', file, ...flags);
      expect(stdout).toContain('private_key_jwt');
      expect(asked.at(-1)?.body?.['jwks']).toEqual({ keys: [jwk] });
    }
    expect(await call(command, 'rotate', 'orders', '--jwks', files[0] ?? '', ...flags)).toEqual({
      status: 0,
      stdout: `Replaced the public keys of orders. ${TOKENS_END}\n`,
      stderr: '',
    });
    secrets = orders.secrets;
    expect((await call(command, 'rotate', 'orders', '--jwks', files[0] ?? '', ...flags)).stdout).toBe(
      `Replaced the public keys of orders. ${TOKENS_END} Its secret works too.\n`,
    );
    const count = asked.length;
    const marker = 'hunter2';
    const bad: Record<string, string | Uint8Array> = {
      private: JSON.stringify({ keys: [jwk, { ...jwk, d: marker }] }),
      one: JSON.stringify({ ...jwk, d: marker }),
      symmetric: JSON.stringify({ keys: [{ kty: 'oct', k: marker }] }),
      none: JSON.stringify({ keys: [] }),
      text: marker,
      list: JSON.stringify([marker]),
      utf16: Uint8Array.of(0xff, 0xfe, 0x31, 0),
    };
    for (const [name, content] of Object.entries(bad)) {
      const file = writeFile(`${name}.bad.json`, content);
      const { status, stdout, stderr } = await call(command, 'add', 'orders', '--jwks', file, ...flags);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toMatch(/^The file of --jwks /);
      expect(stderr).not.toContain(marker);
    }
    expect((await call(command, 'add', 'orders', '--jwks', '/nowhere', ...flags)).stderr).toContain('No such file');
    expect(asked).toHaveLength(count);
  });

  it('changes scopes by name, and says what ends', async () => {
    const { asked, flags } = await standIn({
      [`GET ${one}`]: () => succeed({ data: { ...orders, scopes: ['a', 'b'] } }),
      [`PATCH ${one}`]: ({ body }) => changed({ ...body }),
    });
    const run = async (...args: string[]) => (await call(command, 'scopes', 'orders', ...args, ...flags)).stdout.trim();
    expect(await run()).toBe('a\nb');
    expect(await run('+c', '-a')).toBe(`orders has the scopes b, c. ${TOKENS_END}`);
    expect(await run('+c:d/e')).toBe('orders has the scopes a, b, c:d/e. New access tokens have them.');
    expect(await run('--none')).toBe(`orders has no scope. ${TOKENS_END}`);
    expect(await run('x,y')).toBe(`orders has the scopes x, y. ${TOKENS_END}`);
    expect(asked.flatMap(({ body }) => (body === undefined ? [] : [body['scopes']]))).toEqual([
      ['b', 'c'],
      ['a', 'b', 'c:d/e'],
      [],
      ['x', 'y'],
    ]);
  });

  it('disables, enables, renames and deletes', async () => {
    const { asked, flags } = await standIn({
      [`GET ${one}`]: () => succeed({ data: orders }),
      [`PATCH ${one}`]: ({ body }) =>
        body?.['disabled'] === false ? unchanged : changed({ disabled_on: '2026-11-26T10:00:00.000Z', ...body }),
      [`DELETE ${one}`]: () => succeed({ message: 'Client deleted.' }),
    });
    const run = async (...args: string[]) => {
      const { status, stdout, stderr } = await call(command, ...args, ...flags);
      return [status, stdout + stderr];
    };
    expect(await run('disable', 'orders')).toEqual([
      0,
      `Disabled orders. It gets no token any more, and its API keys are refused. ${TOKENS_END}\n`,
    ]);
    expect(await run('enable', 'orders')).toEqual([1, 'orders is not disabled. Nothing was changed.\n']);
    expect(await run('rename', 'orders', 'Orders')).toEqual([0, 'orders has the name Orders.\n']);
    expect(await run('delete', 'orders')).toEqual([1, expect.stringContaining('--yes')]);
    expect(asked.at(-1)?.route).toBe(`GET ${one}`);
    expect(await run('delete', 'orders', '--yes')).toEqual([0, `Deleted the client orders. ${TOKENS_END}\n`]);
  });

  it('lists and shows clients', async () => {
    const disabled = { ...orders, client_id: 'old', disabled_on: '2026-11-02T10:00:00.000Z', jwks: { keys: [{}] } };
    const { asked, flags } = await standIn({
      'GET /admin/clients': ({ query }) =>
        query['after'] === undefined
          ? succeed({ data: [orders], next: 'x' })
          : succeed({ data: [disabled], next: null }),
      [`GET ${one}`]: () => succeed({ data: { ...orders, later: 1 } }),
    });
    const { stdout } = await call(command, 'list', ...flags);
    expect(stdout.split('\n')).toEqual([
      'id      made                  last token  disabled              proof              scopes         name',
      'orders  2026-11-01 10:00:00Z  never                             1 secret           articles:read  Order service',
      'old     2026-11-01 10:00:00Z  never       2026-11-02 10:00:00Z  own key, 1 secret  articles:read  Order service',
      '',
    ]);
    expect(asked.map(({ query }) => query)).toEqual([{ limit: '100' }, { limit: '100', after: 'x' }]);
    expect((await call(command, 'show', 'orders', ...flags)).stdout).toMatch(/^secrets +s1 \(2026-11-01 10:00:00Z\)$/m);
    const json = await call(command, 'show', 'orders', '--json', ...flags);
    expect(JSON.parse(json.stdout)).toEqual({ data: { ...orders, later: 1 } });
  });

  it('says in words what the service refuses', async () => {
    const { flags } = await standIn({
      'POST /admin/clients': () => refuse(409, 'client_taken'),
      [`GET ${one}`]: () => refuse(404, 'unknown_client'),
      [`POST ${one}/keys`]: () => refuse(409, 'too_many_keys'),
      [`DELETE ${one}/keys/${key.key_id}`]: () => refuse(404, 'unknown_key'),
    });
    const words = async (...args: string[]) => (await call(command, ...args, ...flags)).stderr;
    expect(await words('add', 'orders')).toBe(
      'Another client has this id, in the database or in OAUTH_CLIENTS. Nothing was changed.\n',
    );
    for (const name of ['show', 'rotate', 'scopes'])
      expect(await words(name, 'orders')).toContain('There is no client with this id.');
    expect(await words('key', 'orders', '--name', 'x')).toContain('too many API keys');
    expect(await words('revoke-key', 'orders', key.key_id)).toContain('There is no such API key here.');
  });

  it('lets no text of the service reach the terminal unescaped', async () => {
    const hostile = 'x\u001b[2J\u202e\ny';
    const { flags } = await standIn({
      'GET /admin/clients': () => succeed({ data: [{ ...orders, name: hostile }], next: null }),
      [`GET ${one}/keys`]: () => succeed({ data: [{ ...key, name: hostile }], next: null }),
    });
    for (const args of [['list'], ['list', '--json'], ['keys', 'orders']]) {
      const { stdout } = await call(command, ...args, ...flags);
      expect(stdout).toMatch(/x\\u/);
      expect(stdout.replaceAll('\n', '')).not.toMatch(/\p{C}/u);
    }
  });

  it.each([
    ['add'],
    ['add', 'a b'],
    ['add', '-a'],
    ['add', 'a', '--scope', 'a"b'],
    ['add', 'a', '--scope', ''],
    ['show', '..'],
    ['list', 'x'],
    ['rotate', 'a', '--finish', '--now'],
    ['scopes', 'a', '+b', 'c'],
    ['scopes', 'a', '+b', '-b'],
    ['scopes', 'a', '-é'],
    ['rename', 'a'],
    ['key', 'a'],
    ['key', 'a', '--name', 'x', '--days', '0'],
    ['key', 'a', '--name', 'x', '--days', '3651'],
    ['key', 'a', '--name', 'x', '--days', '1', '--never'],
    ['revoke-key', 'a', KEY],
    ['list', '--url', 'http://auth.example.org', '--secrets-file', secretsFile],
  ])('refuses the arguments %j, and repeats no secret', async (...args) => {
    const { status, stdout, stderr } = await call(command, ...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/\nusage: npm run machine -- [\w-]+.*\n`npm run machine -- --help` explains .*\n$/);
    expect(stderr).not.toContain(KEY);
  });

  it('says which command was meant', async () => {
    expect((await call(command, 'rotat', 'a')).stderr).toContain('Did you mean rotate?');
    expect((await call(command)).stderr).toContain('`npm run machine -- --help` lists the commands.');
  });
});
