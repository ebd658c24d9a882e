import { z } from 'zod';
import type { Operation } from '../compare/operations.ts';
import type { Metered } from './metered.ts';

/** Does one operation after another with a new user, and calls `after` after each. */
export type Journey = (
  service: Metered,
  email: string,
  after: (operation: Operation) => Promise<void>,
) => Promise<void>;

/** The client of the journeys that may introspect. */
export type Client = { id: string; secret: string };

const PASSWORD = 'a long and quiet river';

/** A session with Latchkey. */
export const latchkeyJourney =
  ({ id, secret }: Client): Journey =>
  async (service, email, after) => {
    const tokens = z.object({ auth_token: z.string(), refresh_token: z.string() });
    const post = (path: string, body: object) => send(service, path, { body });
    await post('/auth/register', { email, password: PASSWORD });
    await after('register');
    const loggedIn = tokens.parse(await post('/auth/login', { email, password: PASSWORD }));
    await after('login');
    const token = loggedIn.auth_token;
    await send(service, '/auth/status', { token });
    await after('status');
    await send(service, '/auth/sessions', { token });
    await after('sessions');
    await send(service, '/auth/verify', { token });
    await after('verify');
    await send(service, '/oauth/introspect', {
      form: { token },
      headers: { Authorization: `Basic ${btoa(`${id}:${secret}`)}` },
    });
    await after('introspect');
    const refreshed = tokens.parse(await post('/auth/refresh', { refresh_token: loggedIn.refresh_token }));
    await after('refresh');
    await send(service, '/auth/logout', { method: 'POST', token: refreshed.auth_token });
    await after('logout');
  };

/**
 * A session with Better Auth. Its bearer token is the session's; "refresh" is `/token`, which makes a JWT for it.
 * Services verify that JWT with its public keys, so there is no call to verify it or to introspect.
 */
export const betterAuthJourney: Journey = async (service, email, after) => {
  const post = (path: string, body: object) => send(service, `/api/auth${path}`, { body });
  const get = (path: string, token: string) => send(service, `/api/auth${path}`, { token });
  await post('/sign-up/email', { email, password: PASSWORD, name: 'Joe' });
  await after('register');
  const { token } = z.object({ token: z.string() }).parse(await post('/sign-in/email', { email, password: PASSWORD }));
  await after('login');
  await get('/get-session', token);
  await after('status');
  await get('/list-sessions', token);
  await after('sessions');
  await get('/token', token);
  await after('refresh');
  await send(service, '/api/auth/sign-out', { body: {}, token });
  await after('logout');
};

type Parts = {
  method?: string;
  token?: string;
  body?: object;
  form?: Record<string, string>;
  headers?: Record<string, string>;
};

/** Sends a request that must succeed. Returns the JSON of the response, if it has a body. */
async function send({ fetch }: Metered, path: string, { method, token, body, form, headers }: Parts): Promise<unknown> {
  const response = await fetch(path, {
    method: method ?? (body === undefined && form === undefined ? 'GET' : 'POST'),
    headers: {
      Origin: 'http://localhost',
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...(form !== undefined && { 'Content-Type': 'application/x-www-form-urlencoded' }),
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(form !== undefined && { body: new URLSearchParams(form).toString() }),
  });
  const text = await response.text();
  if (response.status >= 300) throw new Error(`${path} responded ${response.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}
