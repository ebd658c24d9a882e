import { type AccountEvent, type EventPage, parseEvents } from '../client/events.ts';
import { withQuery } from '../client/request.ts';
import type { Caller } from './caller.ts';
import type { EventFilters, EventQuery } from './given.ts';
import { checkPause, pause } from './pause.ts';
import { checkNames, toWire } from './wire.ts';

const DEFAULT_INTERVAL_MS = 2000;

/** `signal` ends it. Waits `intervalMs` before it asks again, 2000 by default. */
type Following = EventFilters & { after?: string | undefined; intervalMs?: number; signal?: AbortSignal };

/** The calls under `/admin/events`. */
export function createEventCalls({ call }: Caller) {
  async function read(query: EventQuery): Promise<EventPage> {
    return parseEvents((await call(withQuery('/events', toWire('eventQuery', query)))).body);
  }

  async function* follow({ intervalMs = DEFAULT_INTERVAL_MS, signal, ...filters }: Following) {
    const isOver = () => signal?.aborted === true;
    let { after } = filters;
    while (!isOver()) {
      const { events, next } = await read({ ...filters, order: 'oldest', after });
      for (const event of events) {
        if (isOver()) return;
        yield event;
      }
      after = next ?? events.at(-1)?.id ?? after;
      if (next === undefined) await pause(intervalMs, signal);
    }
  }

  return {
    /**
     * A hundred events at most, by default the `oldest` first. `next` is the `after` of the call for more; `undefined`
     * when there are no more now. Refusal: `invalid_request`.
     */
    read: (query: EventQuery = {}): Promise<EventPage> => read(query),

    /**
     * The events `after` an id, or from the oldest on, and then each new one. Ends when `signal` aborts. After an error, go
     * on with the id of the last event as `after`: none is missed. Throws `TypeError` for an `intervalMs` below 100.
     */
    follow: (given: Following = {}): AsyncGenerator<AccountEvent, void, undefined> => {
      checkNames('following', given);
      if (given.intervalMs !== undefined) checkPause(given.intervalMs);
      return follow(given);
    },
  };
}
