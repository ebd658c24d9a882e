import { StorageFailure } from '../../errors.ts';
import type { NewEvent } from '../../store/statements/event/insert-event.ts';
import type { Deps } from '../deps.ts';

/** What an event that is stored late needs. */
export type LateEventDeps = Pick<Deps, 'note' | 'events' | 'afterResponse'>;

/**
 * Stores an event that tells about no change, after the response: nobody learns from the time of a refusal whether there
 * is an account. Of `login_delayed`, a user gets one a minute. The event is lost when the database fails.
 */
export function addAfterResponse({ note, events, afterResponse }: LateEventDeps, event: NewEvent): void {
  afterResponse(async () => {
    try {
      await (event.type === 'login_delayed' ? events.addDelayed(event) : events.add(event));
    } catch (error) {
      if (!(error instanceof StorageFailure)) throw error;
      note('database out of reach: an event was lost');
    }
  });
}
