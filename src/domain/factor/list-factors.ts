import type { Deps } from '../deps.ts';
import type { Caller } from '../session/authenticate.ts';
import { needsSecondFactor } from './policy.ts';

/** What somebody has beside the password, and whether the service lets in with a second factor only. */
export type OwnFactors = Awaited<ReturnType<Deps['factors']['list']>> & { isRequired: boolean };

/** The factors of the caller, and whether the service lets the caller in with a second factor only. One round trip. */
export async function listFactors(
  { config, factors }: Pick<Deps, 'config' | 'factors'>,
  { user }: Pick<Caller, 'user'>,
): Promise<OwnFactors> {
  return { ...(await factors.list(user.id)), isRequired: needsSecondFactor(config, user) };
}
