import { StorageFailure } from '../errors.ts';
import type { Note } from '../store/statements/note.ts';
import type { Deps } from './deps.ts';

type LateDeps = Pick<Deps, 'note' | 'afterResponse'>;

/** How often the uses and refusals of one client or API key are noted: a busy one costs no write for each request. */
const INTERVALS_MS = { use: 3_600_000, refusal: 60_000 };

/**
 * Notes a use or refusal of the client or API key `id` at `at`, after the response, unless the `last` one is too recent. A
 * use is noted once an hour, a refusal once a minute. `write` decides between simultaneous requests.
 */
export function noteWhenDue(
  deps: LateDeps,
  what: keyof typeof INTERVALS_MS,
  { id, at, last }: { id: string; at: Date; last: Date | null },
  write: (note: Note) => Promise<void>,
): void {
  const due = new Date(at.getTime() - INTERVALS_MS[what]);
  if (last === null || last <= due) writeAfterResponse(deps, () => write({ id, at, due }));
}

/**
 * Writes, after the response, what tells about a request and changes nothing for it, such as a last use. It is lost when
 * the database fails.
 */
function writeAfterResponse({ note, afterResponse }: LateDeps, write: () => Promise<void>): void {
  afterResponse(async () => {
    try {
      await write();
    } catch (error) {
      if (!(error instanceof StorageFailure)) throw error;
      note('database out of reach: a note about a request was lost');
    }
  });
}
