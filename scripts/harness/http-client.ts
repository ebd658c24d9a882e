import assert from 'node:assert/strict';
import { z } from 'zod';

/** A response of the service, with its body parsed; `{}` when it has none. */
export type ServiceResponse = { status: number; headers: Headers; body: Record<string, unknown> };

/** A client of one service. `token` is an access token, and a `body` is sent as JSON. */
export type Client = ReturnType<typeof createClient>;

/** The access and the refresh token of one response. */
export type Tokens = { accessToken: string; refreshToken: string };

/** A client of the service at `url`. */
export function createClient(url: string) {
  const call = async (path: string, init: RequestInit = {}): Promise<ServiceResponse> => {
    const response = await fetch(url + path, init);
    const text = await response.text();
    // Some responses have no body.
    const body = z.record(z.string(), z.unknown()).parse(text === '' ? {} : JSON.parse(text));
    return { status: response.status, headers: response.headers, body };
  };
  const send = (method: string, path: string, token?: string, body?: unknown) => {
    const headers = {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    };
    return call(path, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
  };
  const post = (path: string, body: unknown, token?: string) => send('POST', path, token, body);

  return {
    call,
    send,
    post,
    get: (path: string, token?: string) => send('GET', path, token),
    register: async (user: object) => tokensOf(await post('/auth/register', user), 201),
    logIn: async (user: object) => tokensOf(await post('/auth/login', user)),
    refresh: (refreshToken: string) => post('/auth/refresh', { refresh_token: refreshToken }),
    status: async (token: string) => (await send('GET', '/auth/status', token)).status,
  };
}

/** The tokens in `response`, which must have the status `expected`. */
export function tokensOf(response: ServiceResponse, expected = 200): Tokens {
  assert.equal(response.status, expected, JSON.stringify(response.body['code']));
  const { auth_token, refresh_token } = tokenResponse.parse(response.body);
  return { accessToken: auth_token, refreshToken: refresh_token };
}

/** Asserts that a response has the status `expected`, and `words` as its message or its code. */
export function assertResponse({ status, body }: ServiceResponse, expected: number, words: string): void {
  const said = body['code'] === words ? words : body['message'];
  assert.deepEqual({ status, said }, { status: expected, said: words });
}

const tokenResponse = z.object({ auth_token: z.string(), refresh_token: z.string() });
