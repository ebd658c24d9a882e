import { cursorIn } from '../client/lists.ts';
import { createCaller } from './caller.ts';
import { createClientCalls } from './clients.ts';
import { createEventCalls } from './events.ts';
import type { RevocationOptions } from './given.ts';
import { createMovingCalls } from './moving.ts';
import type { AdminOptions } from './options.ts';
import { countIn } from './records.ts';
import { createUserCalls } from './users.ts';
import { toWire } from './wire.ts';

export type Admin = ReturnType<typeof createAdmin>;

/**
 * A client of the routes under `/admin`, for an operator or an administrator. Its methods throw `LatchkeyError`, with
 * `admin_required` for all others, and `TypeError` for a wrong call. This function throws `TypeError` for options that
 * cannot be right.
 */
export function createAdmin(options: AdminOptions) {
  const caller = createCaller(options);
  return {
    users: createUserCalls(caller),
    events: createEventCalls(caller),
    ...createMovingCalls(caller),
    ...createClientCalls(caller),

    /**
     * Ends the sessions of many users, for instance after a leak: call it again with `next` as `after` until `next` is
     * `undefined`. `resetPasswords` makes all passwords useless. After a restore of the database, `restored` also makes
     * mailed links useless. Refusal: `operator_required`.
     */
    revokeAllSessions: async (options: RevocationOptions = {}): Promise<Revocations> => {
      const fields = toWire('revocation', options);
      const answer = await caller.call('/sessions/revoke', { method: 'POST', fields });
      return {
        usersChanged: countIn(answer, 'users_changed'),
        sessionsRevoked: countIn(answer, 'sessions_revoked'),
        next: cursorIn(answer.body),
      };
    },
  };
}

type Revocations = { usersChanged: number; sessionsRevoked: number; next: string | undefined };
