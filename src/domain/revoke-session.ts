import { Refusal } from '../errors.ts';
import type { Caller } from './authenticate.ts';
import type { Deps } from './deps.ts';
import { denylistTtl } from './session.ts';

/**
 * Revokes the caller's session `id`, of which the database decides whether it is one. Refuses with `unknown_session`; rejects
 * with `StorageFailure` when the revocation could not be recorded in both places. Doing it again completes it.
 */
export async function revokeSession(
  { config, now, sessions, denylist }: Pick<Deps, 'config' | 'now' | 'sessions' | 'denylist'>,
  { user }: Caller,
  id: string,
): Promise<void> {
  const isOwn = await sessions.revokeOwn({ id, userId: user.id }, now());
  if (!isOwn) throw new Refusal('unknown_session');
  await denylist.addSession(id, denylistTtl(config));
}
