import { UNUSABLE_HASH } from '../../crypto/password-scheme.ts';
import { Refusal } from '../../errors.ts';
import type { Deps } from '../deps.ts';
import { newEvent } from '../event/new-event.ts';
import { type Admin, actorOf } from './authenticate-admin.ts';

/** How many users a call takes: their sessions are in one statement. */
const USERS_A_CALL = 500;

/**
 * What to do beside ending sessions: make all passwords useless, or, after a restore of the database, make useless what was
 * mailed and what was signed before.
 */
export type Sweep = { resetsPasswords: boolean; hasRestored: boolean };

/**
 * Revokes all sessions of the next 500 users after the cursor `after`. Writes no entries in KV: there would be one for
 * each user. One round trip. Refuses with `operator_required`. Returns the cursor of the next call; `undefined` when
 * no user is left.
 */
export async function endAllSessions(
  deps: Pick<Deps, 'now' | 'trace' | 'everybody'>,
  admin: Admin,
  after: string | undefined,
  { resetsPasswords, hasRestored }: Sweep,
): Promise<{ users: number; sessionsRevoked: number; next: string | undefined }> {
  if (!admin.isOperator) throw new Refusal('operator_required');
  const event = newEvent(deps, 'all_sessions_revoked', { actor: actorOf(admin) });
  const hash = resetsPasswords ? UNUSABLE_HASH : null;
  const sweep = { after: after ?? '', limit: USERS_A_CALL, at: deps.now(), hash, hasRestored };
  const { last, ...counts } = await deps.everybody.revokeSessions(sweep, event);
  return { ...counts, next: counts.users < USERS_A_CALL ? undefined : last };
}
