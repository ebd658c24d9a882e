import type { NewEvent } from '../../store/statements/event/insert-event.ts';
import type { Actor } from '../../store/tables/events.ts';
import type { Deps } from '../deps.ts';
import type { EventType } from './event-types.ts';

/** What an event is about. Without `actor` the user did it. `data` may hold no secret and no e-mail address. */
export type EventDetails = {
  userId?: string;
  sessionId?: string;
  actor?: Actor;
  data?: Record<string, unknown>;
};

/** An event of `type` in this request, for the batch of what it tells about. Stores nothing. */
export function newEvent(
  { now, trace }: Pick<Deps, 'now' | 'trace'>,
  type: EventType,
  { userId, sessionId, actor = 'user', data }: EventDetails,
): NewEvent {
  return {
    type,
    at: now(),
    userId: userId ?? null,
    actor,
    sessionId: sessionId ?? null,
    ...trace(),
    data: data === undefined ? null : JSON.stringify(data),
  };
}
