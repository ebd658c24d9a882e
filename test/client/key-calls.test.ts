import type { Latchkey } from 'latchkey-client';
import { describe, expect, it } from 'vitest';
import { lose, refusal, respond, startNetwork } from '../support/client.ts';
import { joe } from '../support/service.ts';
import { key } from './admin/stand-in.ts';

const success = { status: 'success', message: 'Done.' };
const made = { ...success, key: 'lk_x', data: key };

/** Each call: its request, its body, what the service responds with, and what comes of it. */
const calls: [string, (latchkey: Latchkey) => Promise<unknown>, object | undefined, object, unknown][] = [
  ['POST /auth/keys', (client) => client.createKey({ name: 'x' }), { name: 'x' }, made, { ...key, key: 'lk_x' }],
  [
    'POST /auth/keys',
    (client) => client.createKey({ name: 'x', scopes: ['api'], expiresInDays: null }),
    { name: 'x', scopes: ['api'], expires_in_days: null },
    { ...made, data: { ...key, expires_on: null } },
    { ...key, expires_on: null, key: 'lk_x' },
  ],
  [
    'GET /auth/keys',
    (client) => client.keys(),
    undefined,
    { ...success, data: [key], next: 'c2' },
    { keys: [key], next: 'c2' },
  ],
  [
    'GET /auth/keys?after=c1&limit=7',
    (client) => client.keys({ after: 'c1', limit: 7 }),
    undefined,
    { ...success, data: [], next: null },
    { keys: [], next: undefined },
  ],
  ['DELETE /auth/keys/a%2Fb', (client) => client.revokeKey('a/b'), undefined, success, undefined],
];

async function loggedIn() {
  const network = startNetwork();
  const latchkey = network.open();
  await latchkey.register(joe);
  network.paths.length = 0;
  return { ...network, latchkey };
}

describe('a call about API keys', () => {
  it.each(calls)(
    '%s sends what the service expects, and reads what it gives',
    async (path, call, fields, body, result) => {
      const { latchkey, meet, paths } = await loggedIn();
      const accessToken = await latchkey.accessToken();
      const seen: { body: unknown; token: string | null }[] = [];
      meet(async (request) => {
        const text = await request.text();
        seen.push({ body: text === '' ? undefined : JSON.parse(text), token: request.headers.get('authorization') });
        return respond(200, body)();
      });
      expect(await call(latchkey)).toEqual(result);
      expect(paths).toEqual([path]);
      expect(seen).toEqual([{ body: fields, token: `Bearer ${accessToken}` }]);
    },
  );

  it.each(calls)(
    '%s is made again after a refresh, and when its response was lost',
    async (path, call, _, body, result) => {
      const { latchkey, meet, paths } = await loggedIn();
      const answer = respond(200, body);
      meet(
        respond(401, refusal('expired_token')),
        () => undefined,
        () => lose(answer),
        answer,
      );
      expect(await call(latchkey)).toEqual(result);
      expect(paths).toEqual([path, 'POST /auth/refresh', path, path]);
    },
  );

  it.each(calls)('%s needs somebody who is logged in, and throws the refusals of the service', async (_, call) => {
    const { open, paths } = startNetwork();
    await expect(call(open())).rejects.toMatchObject({ code: 'not_logged_in' });
    expect(paths).toEqual([]);
    const { latchkey, meet } = await loggedIn();
    meet(respond(403, refusal('keys_closed')));
    await expect(call(latchkey)).rejects.toMatchObject({ code: 'keys_closed', status: 403 });
  });

  it.each([
    ['a key that nobody got', ({ createKey }: Latchkey) => createKey({ name: 'x' }), { ...made, key: undefined }],
    ['a key without an id', ({ createKey }: Latchkey) => createKey({ name: 'x' }), { ...made, data: {} }],
    [
      'a key that may never expire',
      ({ keys }: Latchkey) => keys(),
      { data: [{ ...key, expires_on: undefined }], next: null },
    ],
    ['a list without a cursor', ({ keys }: Latchkey) => keys(), { data: [key] }],
  ])('does not take %s for a success', async (_, call, body) => {
    const { latchkey, meet } = await loggedIn();
    meet(respond(200, { ...success, ...body }));
    await expect(call(latchkey)).rejects.toMatchObject({ code: 'unexpected_response' });
  });

  it('that is wrong throws before anything is sent, so that no key may do too much for too long', async () => {
    const { latchkey, paths } = await loggedIn();
    const wrong: [keyof Latchkey, unknown][] = [
      ['createKey', undefined],
      ['createKey', 'x'],
      ['createKey', {}],
      ['createKey', { name: 7 }],
      ['createKey', { name: 'x', scope: ['api'] }],
      ['createKey', { name: 'x', expires_in_days: 7 }],
      ['keys', { next: 'c1' }],
      ['revokeKey', undefined],
      ['revokeKey', ''],
      ['revokeKey', '..'],
    ];
    for (const [name, given] of wrong) {
      await expect(Reflect.apply(latchkey[name], undefined, [given]), name).rejects.toBeInstanceOf(TypeError);
    }
    expect(paths).toEqual([]);
  });
});
