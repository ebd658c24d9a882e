import type { Deps } from '../deps.ts';
import { newEvent } from '../event/new-event.ts';
import type { AuthenticationDeps } from '../session/authenticate.ts';
import { findOwnChallenge, newRedemption, type OwnProof, refuseChallenge, sessionOf } from './challenge.ts';

/**
 * Verifies the address that `proof` was mailed to. A token takes one round trip, a code two. Refuses with
 * `invalid_challenge`, and as `findCaller` does.
 */
export async function verifyEmail(
  deps: AuthenticationDeps & Pick<Deps, 'trace' | 'challenges' | 'redemptions'>,
  proof: OwnProof,
): Promise<void> {
  const id = await findOwnChallenge(deps, 'verify_email', proof);
  const event = newEvent(deps, 'email_verified', { sessionId: sessionOf(proof) });
  const isRedeemed = await deps.redemptions.verifyEmail(newRedemption(deps, 'verify_email', id), event);
  if (!isRedeemed) refuseChallenge('used, too old, or of another state of the account');
}
