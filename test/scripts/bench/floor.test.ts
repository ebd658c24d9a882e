import { describe, expect, it } from 'vitest';
import { recordStatement } from '../../../scripts/bench/compare/floor/record.ts';
import { argumentsOf, type Inputs } from '../../../scripts/bench/compare/floor/recorded.ts';
import { type FloorStatements, recordStatements } from '../../../scripts/bench/compare/floor/statements.ts';
import { attemptAt, knownSince } from '../../../src/domain/login/attempts.ts';
import type { Query } from '../../../src/store/statement.ts';
import { countAttempt } from '../../../src/store/statements/login/count-attempt.ts';
import { findSession } from '../../../src/store/statements/session/find-session.ts';
import { findUser } from '../../../src/store/statements/account/find-user.ts';
import { forgetAttempts } from '../../../src/store/statements/login/forget-attempts.ts';
import { insertEventIfChanged } from '../../../src/store/statements/event/insert-event.ts';
import {
  insertEventOfLiveSession,
  insertEventOfRotation,
} from '../../../src/store/statements/event/insert-event-of-session.ts';
import { insertSession } from '../../../src/store/statements/session/insert-session.ts';
import { insertUser } from '../../../src/store/statements/account/insert-user.ts';
import { listLiveSessions } from '../../../src/store/statements/session/list-live-sessions.ts';
import { rememberNetwork } from '../../../src/store/statements/login/remember-network.ts';
import { revokeSessionOfUser } from '../../../src/store/statements/session/revoke-session-of-user.ts';
import { rotateSession } from '../../../src/store/statements/session/rotate-session.ts';

const statements = [
  'insertUser',
  'insertSession',
  'rememberNetwork',
  'countAttempt',
  'findUser',
  'forgetAttempts',
  'findSession',
  'rotateSession',
  'revokeSession',
  'listSessions',
  'insertEvent',
  'insertRotation',
  'insertLogout',
] as const satisfies (keyof FloorStatements)[];

const lives = { idleTtlSeconds: 2_592_000, absoluteTtlSeconds: 7_776_000, graceSeconds: 30 };
const recorded = recordStatements(lives);

const at = 1_700_000_000_000;
const [now, expiresAt] = [new Date(at), new Date(at + lives.idleTtlSeconds * 1000)];
const terms = { at: now, absoluteTtlSeconds: lives.absoluteTtlSeconds };
const keys = { pair: 'of-both', account: 'of-joe', network: 'of-network' };
const device = { addressPrefix: '203.0.113.0/24', userAgent: 'curl' };
const user = { id: 'joe', email: 'joe@example.org', passwordHash: '$hash' };
const own = { id: 'some-session', userId: 'joe' };
const session = { ...own, ...device, userVersion: 2 };
const event = { ...device, userId: 'joe', sessionId: 'some-session', requestId: 'some-request' };
const rest = { actor: 'user' as const, country: null, data: null };
const presented = { sessionId: 'some-session', generation: 12, ...device };

/** What a request of the floor puts into each statement, and the statement of the service for the same request. */
const expected: Record<keyof FloorStatements, { inputs: Inputs; ours: Query }> = {
  insertUser: { inputs: { ...user, at }, ours: insertUser({ ...user, registeredAt: now, locale: null }) },
  insertSession: {
    inputs: { ...session, at },
    ours: insertSession({
      ...session,
      amr: ['pwd'],
      authenticatedAt: null,
      country: null,
      generation: 0,
      startedAt: now,
      expiresAt,
    }),
  },
  rememberNetwork: {
    inputs: { userId: 'joe', pair: keys.pair, at },
    ours: rememberNetwork({ userId: 'joe', ...knownSince(now, keys) }),
  },
  countAttempt: { inputs: { ...keys, at }, ours: countAttempt(attemptAt(now, keys)) },
  findUser: { inputs: { email: user.email }, ours: findUser({ email: user.email }) },
  forgetAttempts: {
    inputs: { pair: keys.pair },
    ours: forgetAttempts({ key: keys.pair, otherKey: keys.pair }),
  },
  findSession: { inputs: { id: own.id, at }, ours: findSession({ id: own.id, ...terms }) },
  rotateSession: {
    inputs: { ...presented, at },
    ours: rotateSession({ ...presented, ...lives, at: now, country: null, adminsNeedFactor: 0, othersNeedFactor: 0 }),
  },
  revokeSession: { inputs: { ...own, at }, ours: revokeSessionOfUser({ ...own, ...terms }) },
  listSessions: { inputs: { userId: 'joe', at }, ours: listLiveSessions({ userId: 'joe', ...terms, limit: 100 }) },
  insertEvent: {
    inputs: { type: 'login', ...event, at },
    ours: insertEventIfChanged({ type: 'login', ...event, ...rest, at: now }),
  },
  insertRotation: {
    inputs: { ...event, at, generation: 12 },
    ours: insertEventOfRotation({ type: '', ...event, ...rest, at: now, generation: 12 }),
  },
  insertLogout: {
    inputs: { ...event, at },
    ours: insertEventOfLiveSession({ type: 'logout', ...event, ...rest, ...terms }),
  },
};

describe('the floor of the bench', () => {
  it.each(statements)('runs the SQL of the service with the same arguments: %s', (name) => {
    const { inputs, ours } = expected[name];
    const statement = recorded[name];
    expect(statement.sql).toBe(ours.sql);
    expect(argumentsOf(statement, inputs)).toEqual(ours.args);
  });

  it('runs no other statement', () => {
    expect(new Set(Object.keys(recorded))).toEqual(new Set(statements));
  });

  it('learns where an argument comes from, and what is added to it', () => {
    const statement = recordStatement({ id: 'x', at: 1000 }, ({ id, at }) => ({
      sql: 'SELECT ?, ?, ?',
      args: [at + 50, 'fixed', id],
    }));
    expect(argumentsOf(statement, { id: 'y', at: 7 })).toEqual([57, 'fixed', 'y']);
  });

  it('refuses a statement whose SQL depends on a value', () => {
    const make = ({ id }: { id: string }) => ({ sql: `SELECT '${id}'`, args: [] });
    expect(() => recordStatement({ id: 'x' }, make)).toThrow('depends on id');
  });
});
