import { Refusal } from '../errors.ts';
import { type Caller, identify, type Powers } from './authenticate.ts';
import type { Deps } from './deps.ts';
import { endSession } from './session.ts';

/** Ends the session that the caller's token belongs to. Rejects with `StorageFailure` when that could not be recorded. */
export async function logOut(
  deps: Pick<Deps, 'config' | 'now' | 'sessions' | 'denylist'>,
  { claims }: Caller,
): Promise<void> {
  await endSession(deps, claims);
}

/**
 * As `authenticate`, for a logout: where an earlier one reached only one of database and denylist, it is completed before
 * the token is refused with `revoked_token`. Rejects with `StorageFailure` when that could not be recorded.
 */
export async function authenticateToLogOut(deps: Powers, accessToken: string): Promise<Caller> {
  const { caller, isMarked, isListed } = await identify(deps, accessToken);
  if (!isMarked && !isListed) return caller;
  if (!isMarked || !isListed) await endSession(deps, caller.claims);
  throw new Refusal('revoked_token');
}
