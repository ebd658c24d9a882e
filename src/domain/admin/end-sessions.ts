import { Refusal } from '../../errors.ts';
import type { Session } from '../../store/tables/sessions.ts';
import type { Deps } from '../deps.ts';
import { newEvent } from '../event/new-event.ts';
import { denylistUser } from '../denylist.ts';
import type { RevocationDeps } from '../revocation.ts';
import { type Admin, actorOf } from './authenticate-admin.ts';
import { getManagedUser, isUserId } from './managed-user.ts';

const MAX_LISTED = 100;

/** The newest hundred live sessions of the user `id`, newest first. Two round trips. Refuses with `unknown_user`. */
export async function listSessionsOfUser(
  deps: Pick<Deps, 'config' | 'now' | 'sessions' | 'managedUsers'>,
  id: string,
): Promise<Session[]> {
  await getManagedUser(deps, id);
  const terms = { at: deps.now(), absoluteTtlSeconds: deps.config.refreshAbsoluteTtlSeconds };
  return deps.sessions.listLive(id, terms, MAX_LISTED);
}

/**
 * Revokes all sessions of the user `id`, in database and KV. Returns the version of the user, and how many sessions lived.
 * One round trip and an entry in KV. Refuses with `unknown_user`. Rejects with `StorageFailure` unless both have
 * recorded it; asking again completes it.
 */
export async function endSessionsOfUser(
  deps: RevocationDeps & Pick<Deps, 'trace' | 'managedUsers'>,
  admin: Admin,
  id: string,
): Promise<{ version: number; sessionsRevoked: number }> {
  const event = newEvent(deps, 'sessions_revoked', { userId: id, actor: actorOf(admin), data: { scope: 'all' } });
  const ended = isUserId(id) ? await deps.managedUsers.revokeSessions(id, deps.now(), event) : undefined;
  if (ended === undefined) throw new Refusal('unknown_user');
  await denylistUser(deps, { id, version: ended.version });
  return ended;
}
