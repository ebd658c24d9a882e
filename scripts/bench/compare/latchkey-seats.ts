import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { signAccessToken } from '../../../src/crypto/access-token.ts';
import { signRefreshToken } from '../../../src/crypto/refresh-token.ts';
import { importSigningKeys } from '../../../src/crypto/signing-keys.ts';
import { createCaller } from './http-caller.ts';
import { clientHeaders, jsonHeaders, type Load, type Operation, type Prepare, type Seat } from './operations.ts';
import { insertRows } from './rows.ts';
import type { Service } from './services.ts';

/** What the tokens of a service are made with, and a client of `/oauth/`. */
export type LatchkeyAccess = {
  issuer: string;
  audience: string;
  secretKey: string;
  signingKeys: string;
  client: { id: string; secret: string };
};

type Prepared = { userId: string; sessionId: string; accessToken: string; refreshToken: string };

const PASSWORD = 'a-bench-is-not-a-bank';
const refreshed = z.object({ refresh_token: z.string() });

/** How to prepare the operations of a service with the routes and tables of Latchkey: itself, and the floor. */
export function latchkeySeats(service: Service, access: LatchkeyAccess): Prepare {
  return async (operation, load) => {
    if (operation === 'register') return emails(load).map(registerSeat);
    if (operation === 'login') return Promise.all(emails(load).map((email) => openAccount(service, email)));
    const groups = await openSessions(service, access, load, operation);
    return groups.map((group) => sessionSeat(operation, group, access));
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
async function openAccount({ url }: Service, email: string): Promise<Seat> {
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

/**
 * A user for each client, with sessions that begin now. A logout ends its session, so there is one for each request.
 */
async function openSessions(
  { database }: Service,
  access: LatchkeyAccess,
  { atOnce, each }: Load,
  operation: Operation,
): Promise<Prepared[][]> {
  const now = Date.now();
  const perUser = operation === 'logout' ? each : 3;
  const userIds = Array.from({ length: atOnce }, () => randomUUID());
  const groups = await Promise.all(
    userIds.map((userId) => Promise.all(Array.from({ length: perUser }, () => newSession(userId, access, now)))),
  );
  await insertRows(
    database,
    'users',
    userIds.map((id) => ({ id, email: `${id}@example.org`, password_hash: '', registered_at: now })),
  );
  await insertRows(
    database,
    'sessions',
    groups.flat().map(({ sessionId, userId }) => ({
      id: sessionId,
      user_id: userId,
      generation: 0,
      started_at: now,
      expires_at: now + 2_592_000_000,
      presented: 0,
      address_prefix: '203.0.113.0/24',
      user_agent: clientHeaders['User-Agent'],
    })),
  );
  return groups;
}

async function newSession(userId: string, access: LatchkeyAccess, now: number): Promise<Prepared> {
  const sessionId = randomUUID();
  const iat = Math.floor(now / 1000);
  const claims = { sub: userId, sid: sessionId, jti: randomUUID(), client_id: 'first-party', iat, exp: iat + 900 };
  const keys = await importSigningKeys(access.signingKeys);
  return {
    userId,
    sessionId,
    accessToken: await signAccessToken({ ...claims, admin: false, user_version: 0 }, access, keys),
    refreshToken: await signRefreshToken({ sessionId, generation: 0 }, access.secretKey),
  };
}

function sessionSeat(operation: Operation, group: Prepared[], { client }: LatchkeyAccess): Seat {
  let [{ accessToken, refreshToken } = { accessToken: '', refreshToken: '' }] = group;
  const bearer = (token: string) => ({ ...clientHeaders, Authorization: `Bearer ${token}` });
  if (operation === 'refresh') {
    return {
      next: () => ({
        method: 'POST',
        path: '/auth/refresh',
        headers: jsonHeaders,
        body: JSON.stringify({ refresh_token: refreshToken }),
        expected: 200,
      }),
      receive: ({ body }) => {
        refreshToken = refreshed.parse(JSON.parse(body)).refresh_token;
      },
    };
  }
  if (operation === 'logout') {
    const tokens = group.map((session) => session.accessToken);
    return {
      next: () => ({ method: 'POST', path: '/auth/logout', headers: bearer(tokens.pop() ?? ''), expected: 200 }),
    };
  }
  if (operation === 'introspect') {
    const basic = Buffer.from(`${client.id}:${client.secret}`).toString('base64');
    const headers = { ...clientHeaders, Authorization: `Basic ${basic}` };
    const form = { ...headers, 'Content-Type': 'application/x-www-form-urlencoded' };
    const body = `token=${accessToken}`;
    return { next: () => ({ method: 'POST', path: '/oauth/introspect', headers: form, body, expected: 200 }) };
  }
  const expected = operation === 'verify' ? 204 : 200;
  return { next: () => ({ method: 'GET', path: `/auth/${operation}`, headers: bearer(accessToken), expected }) };
}
