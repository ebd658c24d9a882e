import type { Deps } from '../deps.ts';
import { asOwn, type OwnEvent } from '../event/list-own-events.ts';
import type { Caller } from '../session/authenticate.ts';
import { type ListedSession, MAX_LISTED, markCurrent } from '../session/list-sessions.ts';

/** The newest ones. `GET /auth/events` has the others. */
const MAX_EXPORTED_EVENTS = 1000;

/** What is stored about the caller beside the account: the live sessions and the events, newest first. One round trip. */
export async function exportAccount(
  { config, now, sessions: store }: Pick<Deps, 'config' | 'now' | 'sessions'>,
  caller: Caller,
): Promise<{ sessions: ListedSession[]; events: OwnEvent[] }> {
  const terms = { at: now(), absoluteTtlSeconds: config.refreshAbsoluteTtlSeconds };
  const limits = { sessions: MAX_LISTED, events: MAX_EXPORTED_EVENTS };
  const { sessions, events } = await store.listLiveAndEvents(caller.user.id, terms, limits);
  return { sessions: markCurrent(sessions, caller), events: events.map(asOwn) };
}
