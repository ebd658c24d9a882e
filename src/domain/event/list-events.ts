import type { Event } from '../../store/tables/events.ts';
import type { Deps } from '../deps.ts';
import type { EventType } from './event-types.ts';

/** Which events, in which order, and where to go on: after the event with the id `after`. */
export type EventQuery = {
  userId?: string | undefined;
  type?: EventType | undefined;
  order: 'oldest' | 'newest';
  after?: number | undefined;
  limit: number;
};

/** Some events, and the id to go on after; `undefined` when none is left. */
export type EventPage = { events: Event[]; next: number | undefined };

/**
 * Up to `limit` events. Ids are in the order of the commits, so whoever goes on from the last id gets every event once.
 * One round trip. Rejects with `StorageFailure`.
 */
export async function listEvents(deps: Pick<Deps, 'events'>, query: EventQuery): Promise<EventPage> {
  const { limit } = query;
  const found = await deps.events.list({ ...query, limit: limit + 1 });
  const events = found.slice(0, limit);
  return { events, next: found.length > limit ? events.at(-1)?.id : undefined };
}
