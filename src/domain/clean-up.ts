import type { Deps } from './deps.ts';

const BATCH = 500;
const MAX_BATCHES = 20;

/** A session is kept this long after its end, longer than any access token lives, so that its tokens are told why. */
const KEPT_MS = 2 * 86_400_000;

/**
 * Deletes sessions that ended two days ago or earlier, in batches of 500 and at most 10,000 in all. `isComplete` tells
 * whether none is left for the next time. Rejects with `StorageFailure`; what has been deleted by then stays deleted.
 */
export async function deleteEndedSessions({
  now,
  sessions,
}: Pick<Deps, 'now' | 'sessions'>): Promise<{ deleted: number; isComplete: boolean }> {
  const endedAt = new Date(now().getTime() - KEPT_MS);
  let deleted = 0;
  for (let batch = 0; batch < MAX_BATCHES; batch += 1) {
    const count = await sessions.deleteEnded(endedAt, BATCH);
    deleted += count;
    if (count < BATCH) return { deleted, isComplete: true };
  }
  return { deleted, isComplete: false };
}
