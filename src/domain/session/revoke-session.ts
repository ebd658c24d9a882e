import { Refusal } from '../../errors.ts';
import type { Caller } from './authenticate.ts';
import type { Deps } from '../deps.ts';
import { denylistTtl } from './session.ts';

/** Ids of sessions are UUIDs. The database is not asked about anything longer. */
const ID_LENGTH = 36;

/**
 * Revokes the caller's session `id`, of which the database decides whether it is one. Refuses with `unknown_session`; rejects
 * with `StorageFailure` when the revocation could not be recorded in both places. Doing it again completes it.
 */
export async function revokeSession(
  { config, now, sessions, denylist }: Pick<Deps, 'config' | 'now' | 'sessions' | 'denylist'>,
  { user }: Caller,
  id: string,
): Promise<void> {
  const isOwn = id.length === ID_LENGTH && (await sessions.revokeOwn({ id, userId: user.id }, now()));
  if (!isOwn) throw new Refusal('unknown_session');
  await denylist.addSession(id, denylistTtl(config));
}
