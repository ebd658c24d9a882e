import { StorageFailure } from '../errors.ts';
import type { Deps } from './deps.ts';

/**
 * Writes, after the response, what tells about a request and changes nothing for it, such as a last use. It is lost when
 * the database fails.
 */
export function noteAfterResponse(
  { note, afterResponse }: Pick<Deps, 'note' | 'afterResponse'>,
  write: () => Promise<void>,
): void {
  afterResponse(async () => {
    try {
      await write();
    } catch (error) {
      if (!(error instanceof StorageFailure)) throw error;
      note('database out of reach: a note about a request was lost');
    }
  });
}
