import { makeUuidV7 } from '../../crypto/uuid-v7.ts';
import type { Deps } from '../deps.ts';
import { after } from '../time.ts';
import { newEvent } from '../event/new-event.ts';
import type { DeliveryDeps } from '../mail/deliver.ts';
import { sendAfterResponse } from '../mail/notice.ts';
import type { AuthenticationDeps } from '../session/authenticate.ts';
import { findOwnChallenge, newRedemption, type OwnProof, refuseChallenge, sessionOf } from './challenge.ts';

/**
 * Gives the account the address that `proof` was mailed to. The former address gets a mail with an undo, if it was
 * verified. Sessions go on. A token takes one round trip, a code two. Refuses with `invalid_challenge`, also when
 * another account has the address by now, and as `findCaller` does.
 */
export async function confirmEmail(
  deps: AuthenticationDeps & DeliveryDeps & Pick<Deps, 'trace' | 'challenges' | 'redemptions' | 'afterResponse'>,
  proof: OwnProof,
): Promise<void> {
  const id = await findOwnChallenge(deps, 'change_email', proof);
  const redemption = newRedemption(deps, 'change_email', id);
  const undo = {
    undoId: makeUuidV7(redemption.at),
    mailId: makeUuidV7(redemption.at),
    undoExpiresAt: after(redemption.at, deps.config.emailUndoTtlSeconds),
  };
  const event = newEvent(deps, 'email_changed', { sessionId: sessionOf(proof) });
  const isRedeemed = await deps.redemptions.changeEmail(redemption, undo, event);
  if (!isRedeemed) refuseChallenge('used, too old, of another state of the account, or the address is taken');
  sendAfterResponse(deps, undo);
}
