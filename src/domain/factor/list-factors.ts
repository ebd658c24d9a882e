import type { Deps } from '../deps.ts';
import type { Caller } from '../session/authenticate.ts';
import { needsSecondFactor } from './policy.ts';

/** The factors of the caller, and whether the service lets the caller in with a second factor only. One round trip. */
export async function listFactors(
  { config, factors }: Pick<Deps, 'config' | 'factors'>,
  { user }: Pick<Caller, 'user'>,
) {
  return { ...(await factors.list(user.id)), isRequired: needsSecondFactor(config, user) };
}
