import type { Session } from '../../store/tables/sessions.ts';
import type { Caller } from './authenticate.ts';
import type { Deps } from '../deps.ts';

/** How many sessions a list has at most. */
export const MAX_LISTED = 100;

/** A session of a list. `isCurrent` marks the one that asks. */
export type ListedSession = Session & { isCurrent: boolean };

/** The newest hundred live sessions of the caller, newest first. */
export async function listSessions(
  { config, now, sessions }: Pick<Deps, 'config' | 'now' | 'sessions'>,
  caller: Caller,
): Promise<ListedSession[]> {
  const terms = { at: now(), absoluteTtlSeconds: config.refreshAbsoluteTtlSeconds };
  return markCurrent(await sessions.listLive(caller.user.id, terms, MAX_LISTED), caller);
}

/** `sessions` of the caller, with the one that asks marked. */
export function markCurrent(sessions: Session[], { claims }: Pick<Caller, 'claims'>): ListedSession[] {
  return sessions.map((session) => ({ ...session, isCurrent: session.id === claims.sid }));
}
