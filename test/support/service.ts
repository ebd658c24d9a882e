import type { Deps } from '../../src/domain/deps.ts';
import { createApp } from '../../src/http/app.ts';
import { type Timing, wire } from '../../src/wire.ts';
import { sqlValue } from './database.ts';
import { openLocation } from './edge-kv.ts';
import { bindProduction } from './production.ts';
import { asOneRequest } from './subrequests.ts';

export type ServiceResponse = { status: number; headers: Headers; body: Record<string, unknown> };

/** Whatever a service notes and reports, for what is wired without one. */
export const silent = { note: () => undefined, report: () => undefined };

export const joe = { email: 'joe@gmail.com', password: 'correct horse' };

/** Tests have less patience than the service: with a storage that is slow, and between two attempts to write to KV. */
const impatient: Timing = { limiterMs: 1000, denylistReadMs: 3000, storageMs: 5000, writeIntervalMs: 20 };

/** Bindings that replace others, or what they are for the next request. */
type Bindings = object | (() => object);

export function bindingsOf(bindings: Bindings = {}): object {
  return isMaker(bindings) ? bindings() : bindings;
}

const isMaker = (bindings: Bindings): bindings is () => object => typeof bindings === 'function';

/**
 * The service at one location, called in memory, with the limits of production and some of its bindings, dependencies or
 * deadlines replaced. KV takes writes of a key as much oftener than in production as the service tries again sooner.
 */
export function startService(options: { env?: Bindings; deps?: Partial<Deps>; timing?: Partial<Timing> } = {}) {
  const app = createApp((bindings, log) => {
    const deps = wire(bindings, log, { ...impatient, ...options.timing });
    return { ...deps, ...options.deps };
  });

  const { writeIntervalMs } = { ...impatient, ...options.timing };
  const location = openLocation({ now: options.deps?.now, writeIntervalMs: Math.round(writeIntervalMs / 1.1) });

  async function call(path: string, init?: RequestInit<{ country: string }>): Promise<ServiceResponse> {
    const bindings = bindProduction(bindingsOf(options.env), location);
    const response = await asOneRequest(() => app.request(path, init, bindings));
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
export function tokensOf({ body }: ServiceResponse): { access: string; refresh: string } {
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
