import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { createCaller } from './http-caller.ts';
import { type LatchkeyAccess, type OpenSession, openSessions } from './latchkey-sessions.ts';
import { clientHeaders, jsonHeaders, type Load, type Operation, type Prepare, type Seat } from './operations.ts';
import type { RunningWorker } from './workers.ts';

const PASSWORD = 'a-bench-is-not-a-bank';

/** How many sessions a user has who does not need more. */
const USUAL_SESSIONS = 3;

const refreshed = z.object({ refresh_token: z.string() });

/** How to prepare the operations of a service with the routes and tables of Latchkey: itself, and the floor. */
export function latchkeySeats(worker: RunningWorker, access: LatchkeyAccess): Prepare {
  return async (operation, load) => {
    const { atOnce: users, each, hasNewTokens = false } = load;
    if (operation === 'register') return emails(load).map(registerSeat);
    if (operation === 'login') return Promise.all(emails(load).map((email) => openAccount(worker, email)));
    const usesUp = hasNewTokens || operation === 'logout';
    const groups = await openSessions(worker.database, access, { users, each: usesUp ? each : USUAL_SESSIONS });
    if (operation === 'refresh') return groups.map(refreshSeat);
    if (operation === 'introspect') return groups.map((sessions) => introspectSeat(sessions, access));
    return groups.map((sessions) => bearerSeat(operation, usesUp ? sessions : sessions.slice(0, 1)));
  };
}

const emails = ({ atOnce }: Load) => Array.from({ length: atOnce }, () => `${randomUUID()}@example.org`);

function registerSeat(first: string): Seat {
  let number = 0;
  return {
    next: () => {
      number += 1;
      return credentials('/auth/register', `${number}.${first}`, 201);
    },
  };
}

/** A seat that logs in to an account of its own. */
async function openAccount({ url }: RunningWorker, email: string): Promise<Seat> {
  const caller = createCaller(url, 1);
  const { status } = await caller.send(credentials('/auth/register', email, 201));
  caller.close();
  if (status !== 201) throw new Error(`an account could not be registered: ${status}`);
  return { next: () => credentials('/auth/login', email, 200) };
}

function credentials(path: string, email: string, expected: number) {
  const body = JSON.stringify({ email, password: PASSWORD });
  return { method: 'POST' as const, path, headers: jsonHeaders, body, expected };
}

/** A seat that presents the refresh token that it got last. */
function refreshSeat([session]: OpenSession[]): Seat {
  let token = session?.refreshToken ?? '';
  return {
    next: () => {
      const body = JSON.stringify({ refresh_token: token });
      return { method: 'POST', path: '/auth/refresh', headers: jsonHeaders, body, expected: 200 };
    },
    receive: ({ body }) => {
      token = refreshed.parse(JSON.parse(body)).refresh_token;
    },
  };
}

function introspectSeat([session]: OpenSession[], { client }: LatchkeyAccess): Seat {
  const headers = {
    ...clientHeaders,
    Authorization: `Basic ${btoa(`${client.id}:${client.secret}`)}`,
    'Content-Type': 'application/x-www-form-urlencoded',
  };
  const body = `token=${session?.accessToken ?? ''}`;
  return { next: () => ({ method: 'POST', path: '/oauth/introspect', headers, body, expected: 200 }) };
}

/** A seat that presents the access tokens of `sessions` in turn. */
function bearerSeat(operation: Operation, sessions: OpenSession[]): Seat {
  const method = operation === 'logout' ? 'POST' : 'GET';
  const expected = operation === 'verify' ? 204 : 200;
  let sent = 0;
  return {
    next: () => {
      const token = sessions[sent % sessions.length]?.accessToken ?? '';
      sent += 1;
      const headers = { ...clientHeaders, Authorization: `Bearer ${token}` };
      return { method, path: `/auth/${operation}`, headers, expected };
    },
  };
}
