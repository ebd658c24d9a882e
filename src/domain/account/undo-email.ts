import { hashPassword } from '../../crypto/password-hash.ts';
import { makeUuidV7 } from '../../crypto/uuid-v7.ts';
import type { Deps } from '../deps.ts';
import { newEvent } from '../event/new-event.ts';
import { endsOf } from '../mail/ask.ts';
import type { DeliveryDeps } from '../mail/deliver.ts';
import { sendAfterResponse } from '../mail/notice.ts';
import { denylistUser } from '../denylist.ts';
import { findEndingChallenge, newRedemption, refuseChallenge } from './challenge.ts';
import { hashingParameters } from './password.ts';

/**
 * Gives the account the address that `token` was mailed to, which it had before, and ends all its sessions. Whoever has
 * changed the address knows the password, so it becomes one that nobody knows, and a mail to reset it goes out. Undos of
 * later changes are used up. Two round trips. Refuses with `invalid_challenge`. Rejects with `StorageFailure` unless
 * database and denylist have recorded the end of the sessions.
 */
export async function undoEmail(
  deps: DeliveryDeps & Pick<Deps, 'trace' | 'challenges' | 'redemptions' | 'denylist' | 'afterResponse'>,
  token: string,
): Promise<void> {
  const { config } = deps;
  const { id } = await findEndingChallenge(deps, 'undo_email', { token });
  const passwordHash = await hashPassword(crypto.randomUUID(), hashingParameters(config));

  const redemption = newRedemption(deps, 'undo_email', id);
  const { at } = redemption;
  const mail = { mailId: makeUuidV7(at), message: 'reset_password' as const };
  const user = await deps.redemptions.undoEmail(redemption, {
    passwordHash,
    reset: { resetId: makeUuidV7(at), ...endsOf('reset_password', at, config) },
    mail,
    event: newEvent(deps, 'email_change_undone'),
  });
  if (user === undefined) return refuseChallenge('used, too old, or the address is taken');
  sendAfterResponse(deps, mail);
  await denylistUser(deps, user);
}
