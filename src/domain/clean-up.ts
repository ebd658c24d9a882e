import type { Deps } from './deps.ts';

const SESSIONS_AT_ONCE = 500;
const FORGOTTEN_AT_ONCE = 5000;
const MAX_BATCHES = 20;

/** A session is kept this long after its end, longer than any access token lives, so that its tokens are told why. */
const KEPT_MS = 2 * 86_400_000;

/** How many rows were deleted. `isComplete` tells whether none is left for the next time. */
export type CleanUp = { sessions: number; attempts: number; networks: number; isComplete: boolean };

/**
 * Deletes sessions that ended two days ago or earlier, and attempts and networks that are to be forgotten: at most 10,000
 * sessions and 100,000 of the others, in 20 batches. Rejects with `StorageFailure`; what has been deleted by then stays deleted.
 */
export async function cleanUp({ now, sessions, logins }: Pick<Deps, 'now' | 'sessions' | 'logins'>): Promise<CleanUp> {
  const at = now();
  const endedAt = new Date(at.getTime() - KEPT_MS);
  const deleted = { sessions: 0, attempts: 0, networks: 0 };
  for (let batch = 0; batch < MAX_BATCHES; batch += 1) {
    const ended = await sessions.deleteEnded(endedAt, SESSIONS_AT_ONCE);
    const { attempts, networks } = await logins.forget(at, FORGOTTEN_AT_ONCE);
    deleted.sessions += ended;
    deleted.attempts += attempts;
    deleted.networks += networks;
    const isComplete = ended < SESSIONS_AT_ONCE && Math.max(attempts, networks) < FORGOTTEN_AT_ONCE;
    if (isComplete) return { ...deleted, isComplete };
  }
  return { ...deleted, isComplete: false };
}
