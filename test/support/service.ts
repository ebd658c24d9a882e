import { env } from 'cloudflare:workers';
import type { Deps } from '../../src/domain/deps.ts';
import { createApp } from '../../src/http/app.ts';
import { createDenylist } from '../../src/store/denylist.ts';
import { wire } from '../../src/wire.ts';
import { sqlValue } from './database.ts';

export type Answer = { status: number; headers: Headers; body: Record<string, unknown> };

export const joe = { email: 'joe@gmail.com', password: 'correct horse' };

/**
 * The service, called in memory, with some of its bindings or dependencies replaced. Unless it is patient, it waits for less
 * than a second between its two attempts to write to KV.
 */
export function startService(options: { env?: object; deps?: Partial<Deps>; isPatient?: boolean } = {}) {
  const app = createApp((bindings, log) => {
    const deps = wire(bindings, log);
    const denylist = createDenylist(bindings.DENYLIST, { writeIntervalMs: 20 });
    return { ...deps, ...(!options.isPatient && { denylist }), ...options.deps };
  });

  async function call(path: string, init?: RequestInit<{ country: string }>): Promise<Answer> {
    const response = await app.request(path, init, { ...env, ...options.env });
    const text = await response.text();
    const body: unknown = text === '' ? {} : JSON.parse(text);
    if (typeof body !== 'object' || body === null) throw new TypeError('an answer is a JSON object');
    return { status: response.status, headers: response.headers, body: { ...body } };
  }

  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    call(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  return {
    call,
    post,
    register: (credentials: unknown = joe) => post('/auth/register', credentials),
    logIn: (credentials: unknown = joe) => post('/auth/login', credentials),
    status: (token: unknown) => call('/auth/status', { headers: bearer(token) }),
    logOut: (token: unknown, scope = '') =>
      call(`/auth/logout${scope === '' ? '' : `?scope=${scope}`}`, { method: 'POST', headers: bearer(token) }),
    refresh: (refreshToken: unknown) => post('/auth/refresh', { refresh_token: refreshToken }),
    verify: (token: unknown) => call('/auth/verify', { headers: bearer(token) }),
    listSessions: (token: unknown) => call('/auth/sessions', { headers: bearer(token) }),
  };
}

/** A clock that stands still until it is put forward. */
export function startClock() {
  let time = Date.now();
  return {
    now: () => new Date(time),
    pass: (seconds: number) => {
      time += Math.round(seconds * 1000);
    },
    /** Goes on to the next whole second: the lives of access tokens are counted in those. */
    round: () => {
      time = Math.ceil(time / 1000) * 1000;
    },
  };
}

/** The tokens of a registration, login or refresh. */
export function tokensOf({ body }: Answer): { access: string; refresh: string } {
  const { auth_token: access, refresh_token: refresh } = body;
  if (typeof access !== 'string' || typeof refresh !== 'string') throw new TypeError('an answer without tokens');
  return { access, refresh };
}

export const bearer = (token: unknown) => ({ authorization: `Bearer ${String(token)}` });

/** How many rows the users and sessions tables have. */
export async function countRows() {
  const count = (table: string) => sqlValue(`SELECT count(*) FROM ${table}`);
  return { users: await count('users'), sessions: await count('sessions') };
}
