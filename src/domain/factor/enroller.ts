import type { AccessTokenClaims } from '../../crypto/access-token-claims.ts';
import type { User } from '../../store/tables/users.ts';
import type { Deps } from '../deps.ts';
import type { Caller } from '../session/authenticate.ts';
import { requireRecent } from '../session/recent.ts';
import { readChallengeOfUser, refuseChallengeToken } from './challenge.ts';
import { needsSecondFactor } from './policy.ts';

/**
 * Who may set up a factor: a caller who has authenticated lately, or somebody who has shown the password and gets no session
 * without a second factor (`SECOND_FACTOR`).
 */
export type Enroller = { user: Omit<User, 'passwordHash'>; claims: AccessTokenClaims | undefined };

/** The caller as an enroller. Refuses as `requireRecent` does. */
export function asEnroller(caller: Caller, at: Date): Enroller {
  requireRecent(caller, at);
  return { user: caller.user, claims: caller.claims };
}

/**
 * Whom the challenge token of `second_factor_enrolment_required` stands for. One round trip. Refuses with
 * `invalid_challenge_token`, also once the account has changed: a factor of it is such a change. It looks for a factor all
 * the same, and at `SECOND_FACTOR`, because a token begins a session: one that somebody has forged must not.
 */
export async function findEnroller(
  deps: Pick<Deps, 'config' | 'now' | 'identify' | 'factors'>,
  token: string,
  network: string,
): Promise<Enroller> {
  const { userId, version } = await readChallengeOfUser(deps, 'enrol', network, token);
  const user = await deps.factors.findUser(userId);
  if (user === undefined || user.disabledAt !== null || user.version !== version)
    return refuseChallengeToken('the account has changed since');
  if (user.hasFactor || !needsSecondFactor(deps.config, user)) return refuseChallengeToken('nothing has to be set up');
  deps.identify(userId);
  return { user, claims: undefined };
}
