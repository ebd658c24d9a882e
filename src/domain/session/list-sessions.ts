import type { Session } from '../../store/tables/sessions.ts';
import type { Caller } from './authenticate.ts';
import type { Deps } from '../deps.ts';

const MAX_LISTED = 100;

/** The newest hundred live sessions of the caller, newest first. `isCurrent` marks the session that asks. */
export async function listSessions(
  { config, now, sessions }: Pick<Deps, 'config' | 'now' | 'sessions'>,
  { claims, user }: Caller,
): Promise<(Session & { isCurrent: boolean })[]> {
  const terms = { at: now(), absoluteTtlSeconds: config.refreshAbsoluteTtlSeconds };
  const live = await sessions.listLive(user.id, terms, MAX_LISTED);
  return live.map((session) => ({ ...session, isCurrent: session.id === claims.sid }));
}
