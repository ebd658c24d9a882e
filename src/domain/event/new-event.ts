import type { NewEvent, NewEvents } from '../../store/statements/event/insert-event.ts';
import type { Actor } from '../../store/tables/events.ts';
import type { Deps } from '../deps.ts';
import type { EventType } from './event-types.ts';

/**
 * Whom an event is about, and the session that it concerns or that asked for it. A statement may fill in what only the
 * database knows. Without `actor` the user did it.
 */
export type Subject = { userId?: string; sessionId?: string | undefined; actor?: Actor };

/** What has happened. `data` may hold no secret and no e-mail address. */
export type EventKind = { type: EventType; data?: Record<string, unknown> };

/** An event of `type` in this request, for the batch of what it tells about. Stores nothing. */
export function newEvent(
  deps: Pick<Deps, 'now' | 'trace'>,
  type: EventType,
  { data, ...subject }: Subject & Pick<EventKind, 'data'> = {},
): NewEvent {
  return { ...shared(deps, subject), type, data: data === undefined ? null : JSON.stringify(data) };
}

/** Several events about one change. Stores nothing. */
export function newEvents(deps: Pick<Deps, 'now' | 'trace'>, kinds: EventKind[], subject: Subject): NewEvents {
  return { ...shared(deps, subject), kinds: JSON.stringify(kinds) };
}

const shared = ({ now, trace }: Pick<Deps, 'now' | 'trace'>, { userId, sessionId, actor = 'user' }: Subject) => ({
  at: now(),
  userId: userId ?? null,
  actor,
  sessionId: sessionId ?? null,
  ...trace(),
});
