import { attemptAt, knownSince } from '../../../../src/domain/login/attempts.ts';
import { countAttempt } from '../../../../src/store/statements/login/count-attempt.ts';
import { findSession } from '../../../../src/store/statements/session/find-session.ts';
import { findUser } from '../../../../src/store/statements/account/find-user.ts';
import { forgetAttempts } from '../../../../src/store/statements/login/forget-attempts.ts';
import { insertEventIfChanged } from '../../../../src/store/statements/event/insert-event.ts';
import {
  insertEventOfLiveSession,
  insertEventOfRotation,
} from '../../../../src/store/statements/event/insert-event-of-session.ts';
import { insertSession } from '../../../../src/store/statements/session/insert-session.ts';
import { insertUser } from '../../../../src/store/statements/account/insert-user.ts';
import { listLiveSessions } from '../../../../src/store/statements/session/list-live-sessions.ts';
import { rememberNetwork } from '../../../../src/store/statements/login/remember-network.ts';
import { revokeSessionOfUser } from '../../../../src/store/statements/session/revoke-session-of-user.ts';
import { rotateSession } from '../../../../src/store/statements/session/rotate-session.ts';
import { recordStatement } from './record.ts';
import type { Recorded } from './recorded.ts';

/** The statements that the floor runs, by what they are for. */
export type FloorStatements = Record<
  | 'insertUser'
  | 'insertSession'
  | 'rememberNetwork'
  | 'countAttempt'
  | 'findUser'
  | 'forgetAttempts'
  | 'findSession'
  | 'rotateSession'
  | 'revokeSession'
  | 'listSessions'
  | 'insertEvent'
  | 'insertRotation'
  | 'insertLogout',
  Recorded
>;

/** How long tokens and sessions live, as in wrangler.toml, in seconds. */
export type Lives = { idleTtlSeconds: number; absoluteTtlSeconds: number; graceSeconds: number };

const at = 1_800_000_000_000;
const keys = { pair: 'pair', account: 'account', network: 'network' };
const device = { addressPrefix: 'prefix', userAgent: 'agent' };
const event = { userId: 'user', sessionId: 'id', at, ...device, requestId: 'request' };
const noFactor = { adminsNeedFactor: 0, othersNeedFactor: 0 };
const rest = { actor: 'user' as const, country: null, data: null };

/** Records the service's own statements, as it runs them for a user who logs in from a known network. */
export function recordStatements({ idleTtlSeconds, absoluteTtlSeconds, graceSeconds }: Lives): FloorStatements {
  const terms = ({ at }: { at: number }) => ({ at: new Date(at), absoluteTtlSeconds });
  return {
    insertUser: recordStatement({ id: 'id', email: 'email', passwordHash: 'hash', at }, (user) =>
      insertUser({ ...user, registeredAt: new Date(user.at), locale: null }),
    ),
    insertSession: recordStatement({ id: 'id', userId: 'user', userVersion: 3, at, ...device }, (session) =>
      insertSession({
        ...session,
        country: null,
        generation: 0,
        amr: ['pwd'],
        authenticatedAt: null,
        startedAt: new Date(session.at),
        expiresAt: new Date(session.at + idleTtlSeconds * 1000),
      }),
    ),
    rememberNetwork: recordStatement({ userId: 'user', pair: 'pair', at }, (login) =>
      rememberNetwork({ userId: login.userId, ...knownSince(new Date(login.at), login) }),
    ),
    countAttempt: recordStatement({ ...keys, at }, (attempt) => countAttempt(attemptAt(new Date(attempt.at), attempt))),
    findUser: recordStatement({ email: 'email' }, findUser),
    forgetAttempts: recordStatement({ pair: 'pair' }, ({ pair }) => forgetAttempts({ key: pair, otherKey: pair })),
    findSession: recordStatement({ id: 'id', at }, (asked) => findSession({ id: asked.id, ...terms(asked) })),
    rotateSession: recordStatement({ sessionId: 'id', generation: 3, at, ...device }, (presented) =>
      rotateSession({ ...presented, ...terms(presented), ...noFactor, country: null, idleTtlSeconds, graceSeconds }),
    ),
    revokeSession: recordStatement({ id: 'id', userId: 'user', at }, (own) =>
      revokeSessionOfUser({ ...own, ...terms(own) }),
    ),
    listSessions: recordStatement({ userId: 'user', at }, (asked) =>
      listLiveSessions({ userId: asked.userId, ...terms(asked), limit: 100 }),
    ),
    insertEvent: recordStatement({ type: 'type', ...event }, (inserted) =>
      insertEventIfChanged({ ...inserted, ...rest, at: new Date(inserted.at) }),
    ),
    insertRotation: recordStatement({ ...event, generation: 3 }, (inserted) =>
      insertEventOfRotation({ ...inserted, ...rest, type: '', at: new Date(inserted.at) }),
    ),
    insertLogout: recordStatement(event, (inserted) =>
      insertEventOfLiveSession({ ...inserted, ...rest, ...terms(inserted), type: 'logout' }),
    ),
  };
}
