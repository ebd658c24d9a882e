import { describe, expect, it } from 'vitest';
import { createAdmin } from 'latchkey-client/admin';
import { refusal, respond, startNetwork } from '../../support/client.ts';
import { joe } from '../../support/service.ts';
import { standIn, succeed } from './stand-in.ts';

const url = 'http://localhost';
const empty = succeed({ data: [], next: null });

describe('the token of an administrator', () => {
  it.each([['a text', 'abc'] as const, ['later', async () => 'abc'] as const])('may be %s', async (_, token) => {
    const { fetch, seen } = standIn(empty);
    await createAdmin({ url, token, fetch }).users.find();
    expect(seen[0]?.token).toBe('Bearer abc');
  });

  it('is that of the user of a page', async () => {
    const { open } = startNetwork();
    const latchkey = open();
    const { fetch, seen } = standIn(empty);
    const admin = createAdmin({ url, token: latchkey.accessToken, fetch });
    await expect(admin.users.find()).rejects.toMatchObject({ code: 'not_logged_in' });
    await latchkey.register(joe);
    await admin.users.find();
    expect(seen.map(({ token }) => token)).toEqual([`Bearer ${await latchkey.accessToken()}`]);
  });

  it('is refreshed by the fetch of the client when the rights of the user have changed', async () => {
    const { open, meet, paths } = startNetwork();
    const latchkey = open();
    await latchkey.register(joe);
    const tokens: (string | null)[] = [];
    const answer = (response: () => Promise<Response>) => async (request: Request) => {
      tokens.push(request.headers.get('authorization'));
      return response();
    };
    meet(answer(respond(401, refusal('expired_token'))), () => undefined, answer(empty));
    expect(await createAdmin({ url, fetch: latchkey.fetch }).users.find()).toEqual({ users: [], next: undefined });
    expect(paths.slice(1)).toEqual(['GET /admin/users', 'POST /auth/refresh', 'GET /admin/users']);
    expect(tokens[1]).toBe(`Bearer ${await latchkey.accessToken()}`);
    expect(tokens[0]).not.toBe(tokens[1]);
  });

  it.each(['', 'a b', 'a\nb', 'é', 'a'.repeat(4097), null, 7, {}])(
    'that no header can carry (%j) is sent nowhere',
    async (token) => {
      const { fetch, seen } = standIn(empty);
      // @ts-expect-error a token is a text
      const admin = createAdmin({ url, fetch, token: () => token });
      await expect(admin.users.find()).rejects.toBeInstanceOf(TypeError);
      expect(seen).toEqual([]);
    },
  );

  it('that cannot be made is the error of whoever makes it, and is asked for once', async () => {
    const { fetch, seen } = standIn(empty);
    let asked = 0;
    const token = () => {
      asked += 1;
      throw new Error('no secrets file');
    };
    await expect(createAdmin({ url, token, fetch }).users.find()).rejects.toThrow('no secrets file');
    expect([asked, seen]).toEqual([1, []]);
  });
});

it.each([
  {},
  { url },
  { url: '', token: 'abc' },
  { url: 'ftp://localhost', token: 'abc' },
  { url, token: 7 },
  { url, token: null },
  { url, token: 7, fetch: () => undefined },
])('refuses the options %j', (options) => {
  expect(() => void Reflect.apply(createAdmin, undefined, [options])).toThrow(TypeError);
});

it('sends no token to where a redirect leads', async () => {
  const inits: (RequestInit | undefined)[] = [];
  const fetch = async (_: unknown, init?: RequestInit) => {
    inits.push(init);
    return new Response(null, { status: 307, headers: { location: 'https://example.net/' } });
  };
  await expect(createAdmin({ url, token: 'abc', fetch }).users.find()).rejects.toMatchObject({
    code: 'unexpected_response',
  });
  expect(inits).toMatchObject([{ redirect: 'manual', credentials: 'omit', cache: 'no-store' }]);
});
