import { describe, expect, it } from 'vitest';
import { refuse, startMachine } from './stand-in.ts';

const api = 'https://api.example.org/reports';
const challenge = {
  'WWW-Authenticate': 'Bearer error="invalid_token", error_description="The access token has expired."',
};

/** An API that refuses the first token, and lets in the second. */
const refusesFirst = (request: Request) =>
  request.headers.get('Authorization') === 'Bearer token-1'
    ? new Response('no', { status: 401, headers: challenge })
    : new Response('yes');

describe('fetch of a machine', () => {
  it('adds the token, in the place of any other, and keeps the rest of the request', async () => {
    const { machine, calls, seen } = startMachine();
    const headers = { Authorization: 'Basic x', 'X-One': '1' };
    expect(await (await machine.fetch(api, { method: 'POST', body: 'text', headers })).text()).toBe('ok');
    await machine.fetch(new URL(api));
    await machine.fetch(new Request(api, { method: 'PUT', body: 'other' }));
    const token = 'Bearer token-1';
    expect(calls).toEqual([
      { url: api, token, body: 'text' },
      { url: api, token, body: '' },
      { url: api, token, body: 'other' },
    ]);
    expect(seen).toHaveLength(1);
  });

  it('keeps the headers of a request, or takes those that go with it', async () => {
    const sent: (string | null)[] = [];
    const respond = (request: Request) => {
      sent.push(request.headers.get('X-One'));
      return new Response('ok');
    };
    const { machine } = startMachine({}, { respond });
    await machine.fetch(new Request(api, { headers: { 'X-One': '1' } }));
    await machine.fetch(new Request(api, { headers: { 'X-One': '1' } }), { headers: { 'X-One': '2' } });
    expect(sent).toEqual(['1', '2']);
  });

  const bodies: [string, RequestInit][] = [
    ['no body', {}],
    ['text', { method: 'POST', body: 'text' }],
    ['bytes', { method: 'POST', body: new TextEncoder().encode('text') }],
    ['a buffer', { method: 'POST', body: new Uint8Array([116, 101]).buffer }],
    ['a form', { method: 'POST', body: new URLSearchParams({ a: 'b' }) }],
    ['a file', { method: 'POST', body: new Blob(['text']) }],
  ];

  it.each(bodies)('asks for another token when it is refused, and sends %s once more', async (_, init) => {
    const { machine, calls, seen } = startMachine({}, { respond: refusesFirst });
    expect(await (await machine.fetch(api, init)).text()).toBe('yes');
    expect(calls.map(({ token }) => token)).toEqual(['Bearer token-1', 'Bearer token-2']);
    expect(new Set(calls.map(({ body }) => body)).size).toBe(1);
    expect(seen).toHaveLength(2);
    await machine.fetch(api);
    expect(seen).toHaveLength(2);
  });

  it('asks for another token once for many requests that are refused', async () => {
    const { machine, seen } = startMachine({}, { respond: refusesFirst });
    const responses = await Promise.all(Array.from({ length: 20 }, () => machine.fetch(api)));
    expect(responses.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
    expect(seen).toHaveLength(2);
  });

  it('keeps the other token when a refusal of the first one comes late', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const respond = async (request: Request) => {
      const response = refusesFirst(request);
      if (request.url.endsWith('/slow') && response.status === 401) await held;
      return response;
    };
    const { machine, seen } = startMachine({}, { respond });
    const slow = machine.fetch(`${api}/slow`);
    expect((await machine.fetch(api)).status).toBe(200);
    release();
    expect((await slow).status).toBe(200);
    expect(seen).toHaveLength(2);
  });

  it('returns a second refusal as it is', async () => {
    const respond = () => new Response('no', { status: 401, headers: challenge });
    const { machine, calls } = startMachine({}, { respond });
    const response = await machine.fetch(api);
    expect([response.status, await response.text()]).toEqual([401, 'no']);
    expect(calls).toHaveLength(2);
  });

  it.each([
    ['a stream', () => [api, { method: 'POST', body: new Blob(['text']).stream(), duplex: 'half' }]],
    ['a request with a body', () => [new Request(api, { method: 'POST', body: 'text' })]],
    ['a request with a body, and no other', () => [new Request(api, { method: 'POST', body: 'text' }), { body: null }]],
  ])('sends %s once, and the next request has another token', async (_, given) => {
    const { machine, calls, seen } = startMachine({}, { respond: refusesFirst });
    const response: Response = await Reflect.apply(machine.fetch, undefined, given());
    expect([response.status, await response.text()]).toEqual([401, 'no']);
    expect(calls).toHaveLength(1);
    expect((await machine.fetch(api)).status).toBe(200);
    expect(seen).toHaveLength(2);
  });

  it('sends a request without a body once more', async () => {
    const { machine, calls } = startMachine({}, { respond: refusesFirst });
    expect((await machine.fetch(new Request(api, { method: 'DELETE' }))).status).toBe(200);
    expect(calls).toHaveLength(2);
  });

  it.each([
    [401, {}],
    [401, { 'WWW-Authenticate': 'Bearer' }],
    [401, { 'WWW-Authenticate': 'Basic realm="error=invalid_tokens"' }],
    [401, { 'WWW-Authenticate': 'Bearer error="invalid_request"' }],
    [403, { 'WWW-Authenticate': 'Bearer error="insufficient_scope", scope="reports:read"' }],
    [403, challenge],
    [500, challenge],
  ])('asks for no other token for %d with %j', async (status, headers) => {
    const { machine, calls, seen } = startMachine({}, { respond: () => new Response('no', { status, headers }) });
    expect((await machine.fetch(api)).status).toBe(status);
    expect([calls.length, seen.length]).toEqual([1, 1]);
  });

  it('throws what token throws, and sends nothing', async () => {
    const { machine, calls } = startMachine({}, { answers: [refuse(400, 'invalid_scope')] });
    await expect(machine.fetch(api)).rejects.toMatchObject({ code: 'invalid_scope' });
    expect(calls).toEqual([]);
  });
});
