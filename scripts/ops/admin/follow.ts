import { setTimeout as sleep } from 'node:timers/promises';
import type { Admin } from './client.ts';
import { waitAfter } from './passing.ts';
import type { Event } from './shapes.ts';

/** As many come in one response at most. */
const PAGE = 100;

/** The ids are numbers in the order of what happened, so this is before all. */
const BEGINNING = '0';

type Filter = { user_id?: string | undefined; type?: string | undefined };

/** The newest `limit` events that `filter` lets through, oldest first. */
export async function readNewest(admin: Admin, filter: Filter, limit: number): Promise<Event[]> {
  const newest: Event[] = [];
  for (let after: string | undefined; newest.length < limit;) {
    const size = Math.min(limit - newest.length, PAGE);
    const { data, next } = await admin.listEvents({ ...filter, order: 'newest', limit: String(size), after });
    newest.push(...data);
    if (next === null || data.length === 0) break;
    after = next;
  }
  return newest.toReversed();
}

type Watch = {
  /** The last event that is known. */
  after: string | undefined;
  everySeconds: number;
  /** Hears of a request that failed and is made again. */
  onFailure: (error: unknown, seconds: number) => void;
};

/**
 * The events that come after one, in order, each once, for as long as somebody reads. A request that failed is made again
 * from the same cursor. Throws what would fail again.
 */
export async function* follow(
  admin: Admin,
  filter: Filter,
  { after = BEGINNING, everySeconds, onFailure }: Watch,
): AsyncGenerator<Event[]> {
  for (let cursor = after; ;) {
    const page = await admin
      .listEvents({ ...filter, order: 'oldest', limit: String(PAGE), after: cursor })
      .catch(async (error: unknown) => {
        const seconds = waitAfter(error, everySeconds);
        if (seconds === undefined) throw error;
        onFailure(error, seconds);
        await sleep(seconds * 1000);
        return undefined;
      });
    if (page === undefined) continue;
    const last = page.data.at(-1);
    if (last !== undefined) {
      cursor = last.id;
      yield page.data;
    }
    if (page.next === null || last === undefined) await sleep(everySeconds * 1000);
  }
}
