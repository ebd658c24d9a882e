import { createHmac, randomUUID } from 'node:crypto';
import { createCaller } from './http-caller.ts';
import { clientHeaders, jsonHeaders, type Load, type Operation, type Prepare, type Seat } from './operations.ts';
import { insertRows } from './insert-rows.ts';
import type { RunningWorker } from './workers.ts';

const PASSWORD = 'a-bench-is-not-a-bank';
const WEEK_MS = 604_800_000;

const paths = {
  refresh: '/api/auth/token',
  status: '/api/auth/get-session',
  logout: '/api/auth/sign-out',
  sessions: '/api/auth/list-sessions',
} as const satisfies Partial<Record<Operation, string>>;

/** How to prepare the operations of Better Auth. `secret` signs its bearer tokens. */
export function betterAuthSeats(worker: RunningWorker, secret: string): Prepare {
  return async (operation, load) => {
    if (operation === 'register') return emails(load).map(signUpSeat);
    if (operation === 'login') return Promise.all(emails(load).map((email) => openAccount(worker, email)));
    if (operation === 'verify' || operation === 'introspect') throw new TypeError('Better Auth has no such operation');
    const groups = await openSessions(worker, load, operation);
    return groups.map((tokens) => sessionSeat(paths[operation], tokens, secret));
  };
}

/** Whether Better Auth has a counterpart of `operation`. */
export const hasCounterpart = (operation: Operation) => operation !== 'verify' && operation !== 'introspect';

const emails = ({ atOnce }: Load) => Array.from({ length: atOnce }, () => `${randomUUID()}@example.org`);

function signUpSeat(first: string): Seat {
  let number = 0;
  return {
    next: () => {
      number += 1;
      return credentials('/api/auth/sign-up/email', { email: `${number}.${first}`, name: 'Joe' });
    },
  };
}

/** A seat that signs in to an account of its own. */
async function openAccount({ url }: RunningWorker, email: string): Promise<Seat> {
  const caller = createCaller(url, 1);
  const { status } = await caller.send(credentials('/api/auth/sign-up/email', { email, name: 'Joe' }));
  caller.close();
  if (status !== 200) throw new Error(`an account could not be signed up: ${status}`);
  return { next: () => credentials('/api/auth/sign-in/email', { email }) };
}

function credentials(path: string, account: { email: string; name?: string }) {
  const body = JSON.stringify({ ...account, password: PASSWORD });
  return { method: 'POST' as const, path, headers: jsonHeaders, body, expected: 200 };
}

/** As for the service: a user for each client, whose sessions begin now. Returns the tokens of each user. */
async function openSessions(
  { database }: RunningWorker,
  { atOnce, each }: Load,
  operation: Operation,
): Promise<string[][]> {
  const now = Date.now();
  const times = { createdAt: now, updatedAt: now };
  const users = Array.from({ length: atOnce }, () => {
    const tokens = Array.from({ length: operation === 'logout' ? each : 3 }, () => randomUUID().replaceAll('-', ''));
    return { id: randomUUID(), tokens };
  });
  await insertRows(
    database,
    'user',
    users.map(({ id }) => ({ id, name: 'Joe', email: `${id}@example.org`, ...times })),
  );
  const session = { userAgent: clientHeaders['User-Agent'], ipAddress: '', expiresAt: now + WEEK_MS, ...times };
  await insertRows(
    database,
    'session',
    users.flatMap(({ id: userId, tokens }) => tokens.map((token) => ({ id: randomUUID(), userId, token, ...session }))),
  );
  return users.map(({ tokens }) => tokens);
}

function sessionSeat(path: string, tokens: string[], secret: string): Seat {
  const bearer = (token = '') => ({ Authorization: `Bearer ${token}.${signatureOf(token, secret)}` });
  if (path === paths.logout) {
    const next = () => ({ headers: { ...jsonHeaders, ...bearer(tokens.pop()) }, body: '{}' });
    return { next: () => ({ method: 'POST', path, ...next(), expected: 200 }) };
  }
  const headers = { ...clientHeaders, ...bearer(tokens[0]) };
  return { next: () => ({ method: 'GET', path, headers, expected: 200 }) };
}

/** The second half of a bearer token, as sign-in hands it out: an HMAC-SHA256. */
const signatureOf = (token: string, secret: string) => createHmac('sha256', secret).update(token).digest('base64');
