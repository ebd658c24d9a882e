import { deriveAttemptKeys } from '../../crypto/attempt-keys.ts';
import { hashPassword } from '../../crypto/password-hash.ts';
import type { Deps } from '../deps.ts';
import { newEvent } from '../event/new-event.ts';
import type { DeliveryDeps } from '../mail/deliver.ts';
import { newNotice, sendAfterResponse } from '../mail/notice.ts';
import { denylistUser } from '../denylist.ts';
import { findEndingChallenge, newRedemption, type Proof, refuseChallenge } from './challenge.ts';
import { acceptNewPassword } from './new-password.ts';
import { hashingParameters } from './password.ts';

/**
 * Replaces the password of the account that `proof` was mailed to, verifies its address, and ends all its sessions. Two
 * round trips. Second factors stay. Refuses with `invalid_challenge`, and for the password as `acceptNewPassword`
 * does; a refused password uses up nothing. Rejects with `StorageFailure` unless database and denylist have
 * recorded the end of the sessions.
 */
export async function resetPassword(
  deps: DeliveryDeps &
    Pick<Deps, 'note' | 'trace' | 'breachedPasswords' | 'challenges' | 'redemptions' | 'denylist' | 'afterResponse'>,
  { proof, newPassword, network }: { proof: Proof; newPassword: string; network: string },
): Promise<void> {
  const { config } = deps;
  // An attempt at the code is counted only with a password that can be set.
  if ('email' in proof) await acceptNewPassword(deps, { password: newPassword, email: proof.email }, 'new_password');
  const { id, email } = await findEndingChallenge(deps, 'reset_password', proof);
  if ('token' in proof) await acceptNewPassword(deps, { password: newPassword, email }, 'new_password');
  const passwordHash = await hashPassword(newPassword, hashingParameters(config));

  const keys = await deriveAttemptKeys(email, network, config.secretKey);
  const redemption = newRedemption(deps, 'reset_password', id);
  const notice = newNotice(deps, 'password_changed', redemption.at);
  const event = newEvent(deps, 'password_reset');
  const user = await deps.redemptions.resetPassword(redemption, { passwordHash, keys, notice, event });
  if (user === undefined) return refuseChallenge('used, too old, or of another state of the account');
  sendAfterResponse(deps, notice);
  await denylistUser(deps, user);
}
