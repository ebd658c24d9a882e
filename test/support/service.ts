import type { Deps } from '../../src/domain/deps.ts';
import { createApp } from '../../src/http/app.ts';
import { createDenylist } from '../../src/store/denylist.ts';
import { type Timing, wire } from '../../src/wire.ts';
import { sqlValue } from './database.ts';
import { openLocation } from './edge-kv.ts';
import { expectDescribed } from './expect-described.ts';
import { bindProduction } from './production.ts';
import { asOneRequest } from './subrequests.ts';

/** A response with its body parsed; one that is empty or not JSON is `{}`. */
export type ServiceResponse = { status: number; headers: Headers; body: Record<string, unknown> };

/** Drops what a service would log, for dependencies that are wired without a service. */
export const silent = {
  note: () => undefined,
  report: () => undefined,
  identify: () => undefined,
  trace: () => ({ requestId: null, addressPrefix: null, country: null, userAgent: null }),
  reportMail: () => undefined,
  afterResponse: () => undefined,
};

export const joe = { email: 'joe@gmail.com', password: 'correct horse' };

/** What tests change the password of `joe` to. */
export const newPassword = 'seven honest herons';

/**
 * The deadlines of tests, in milliseconds. They are long, so that a busy machine misses none; a test of something that
 * never responds shortens its deadline alone. The pause between two writes of a key to KV is short.
 */
const patient: TestTiming = { limiterMs: 60_000, denylistReadMs: 60_000, storageMs: 60_000, writeIntervalMs: 20 };

/** `denylistWriteMs` is the deadline of writes to KV, where it differs from `storageMs`. */
export type TestTiming = Timing & { denylistWriteMs?: number };

/** Bindings that replace those of the suite, or a function that makes them for each request. */
type Bindings = object | (() => object);

export function bindingsOf(bindings: Bindings = {}): object {
  return isMaker(bindings) ? bindings() : bindings;
}

const isMaker = (bindings: Bindings): bindings is () => object => typeof bindings === 'function';

/**
 * Starts the service at one location, to be called in memory under the limits of production. The options replace some
 * of its bindings, dependencies and deadlines. The local KV takes writes of a key as fast as the service repeats them.
 */
export function startService(options: { env?: Bindings; deps?: Partial<Deps>; timing?: Partial<TestTiming> } = {}) {
  const app = createApp((bindings, surroundings) => {
    const timing = { ...patient, ...options.timing };
    const { denylistReadMs: readMs, denylistWriteMs: writeMs, writeIntervalMs } = timing;
    const deps = wire(bindings, surroundings, timing);
    const denylist =
      writeMs === undefined ? deps.denylist : createDenylist(bindings.DENYLIST, { readMs, writeMs, writeIntervalMs });
    return { ...deps, denylist, ...options.deps };
  });

  const { writeIntervalMs } = { ...patient, ...options.timing };
  const location = openLocation({ now: options.deps?.now, writeIntervalMs: Math.round(writeIntervalMs / 1.1) });

  async function call(path: string, init?: RequestInit<{ country: string }>): Promise<ServiceResponse> {
    const bindings = bindProduction(bindingsOf(options.env), location);
    const late: Promise<unknown>[] = [];
    const context = {
      waitUntil: (work: Promise<unknown>) => void late.push(work),
      passThroughOnException() {},
      props: {},
    };
    const response = await asOneRequest(() => app.request(path, init, bindings, context));
    const text = await response.text();
    await Promise.all(late);
    expectDescribed({ method: init?.method ?? 'GET', path, response, text });
    const isJson = text !== '' && response.headers.get('content-type') === 'application/json';
    const body: unknown = isJson ? JSON.parse(text) : {};
    if (typeof body !== 'object' || body === null) throw new TypeError('the response is not a JSON object');
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
    changePassword: (token: unknown, current = joe.password, next = newPassword) =>
      post('/auth/password', { current_password: current, new_password: next }, bearer(token)),
    deleteUser: (token: unknown, password = joe.password) =>
      call('/auth/user', {
        method: 'DELETE',
        headers: { 'content-type': 'application/json', ...bearer(token) },
        body: JSON.stringify({ password }),
      }),
  };
}

/** Starts a clock that stands still until a test moves it. */
export function startClock() {
  let time = Date.now();
  return {
    now: () => new Date(time),
    /** Moves forward by `seconds`, or back if they are negative. */
    pass: (seconds: number) => {
      time += Math.round(seconds * 1000);
    },
    /** Moves to the next whole second, because access tokens count their life in whole seconds. */
    round: () => {
      time = Math.ceil(time / 1000) * 1000;
    },
  };
}

/** Gets the tokens from the response to a registration, login or refresh. */
export function tokensOf({ body }: ServiceResponse): { access: string; refresh: string } {
  const { auth_token: access, refresh_token: refresh } = body;
  if (typeof access !== 'string' || typeof refresh !== 'string')
    throw new TypeError(`a response without tokens: ${JSON.stringify(body['code'])}`);
  return { access, refresh };
}

export const bearer = (token: unknown) => ({ authorization: `Bearer ${String(token)}` });

/** Counts the rows of the tables of users and sessions. */
export async function countRows() {
  const count = (table: string) => sqlValue(`SELECT count(*) FROM ${table}`);
  return { users: await count('users'), sessions: await count('sessions') };
}
