import type { Event } from '../../store/tables/events.ts';
import type { Deps } from '../deps.ts';
import type { Caller } from '../session/authenticate.ts';
import { type EventPage, listEvents } from './list-events.ts';

/** An event as the user whom it is about gets it. */
export type OwnEvent = Omit<Event, 'actor'> & { actor: 'user' | 'admin' | 'client' | 'operator' | 'system' };

/**
 * Up to `limit` events about the caller, newest first, as `listEvents`. Of what others did, it tells neither which
 * administrator or client it was nor from where.
 */
export async function listOwnEvents(
  deps: Pick<Deps, 'events'>,
  { user }: Pick<Caller, 'user'>,
  { after, limit }: { after?: number | undefined; limit: number },
): Promise<Omit<EventPage, 'events'> & { events: OwnEvent[] }> {
  const { events, next } = await listEvents(deps, { userId: user.id, order: 'newest', after, limit });
  return { events: events.map(asOwn), next };
}

const NOWHERE = { sessionId: null, addressPrefix: null, country: null, userAgent: null, requestId: null };

/** `event` without what its user does not get. */
export function asOwn({ actor, ...event }: Event): OwnEvent {
  if (actor === 'user') return { ...event, actor };
  return { ...event, ...NOWHERE, actor: kindOf(actor) };
}

function kindOf(actor: Event['actor']): OwnEvent['actor'] {
  if (actor === 'user' || actor === 'operator' || actor === 'system') return actor;
  return actor.startsWith('client:') ? 'client' : 'admin';
}
