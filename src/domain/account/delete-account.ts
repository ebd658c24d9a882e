import { Refusal } from '../../errors.ts';
import type { Deps } from '../deps.ts';
import { newEvent } from '../event/new-event.ts';
import type { PasswordCheckDeps } from '../login/check-password.ts';
import type { DeliveryDeps } from '../mail/deliver.ts';
import { newNotice, sendAfterResponse } from '../mail/notice.ts';
import { getAcceptedCaller, type RevocationDeps, revokeAllUnderVersion } from '../revocation.ts';
import type { AuthenticationDeps, Revoker } from '../session/authenticate.ts';
import { requireRecentFactor } from '../session/recent.ts';
import { checkOwnPassword, refuseOvertaken } from './own-password.ts';

/**
 * Deletes the account of the caller with all that belongs to it, if `password` is right. All sessions end first, in
 * database and KV: without the account, nothing could complete the entry in KV. Then the account is deleted, if nobody
 * has logged in meanwhile. Three round trips and an entry in KV, and one round trip more for an administrator.
 *
 * Refuses as `requireRecentFactor` does, the last administrator with `last_admin`, and as `checkOwnPassword` and
 * `refuseOvertaken` do: somebody else may have changed or deleted the account. Rejects with `StorageFailure` when storage
 * fails; the account is there as before, but its sessions may be over.
 */
export async function deleteAccount(
  deps: AuthenticationDeps &
    RevocationDeps &
    PasswordCheckDeps &
    DeliveryDeps &
    Pick<Deps, 'users' | 'managedUsers' | 'afterResponse'>,
  revoker: Revoker,
  password: string,
  network: string,
): Promise<void> {
  const caller = await getAcceptedCaller(deps, revoker);
  requireRecentFactor(caller, deps.now());
  const { user, claims } = caller;
  if (user.admin && !(await deps.managedUsers.find(user.id))?.hasOtherAdmin) throw new Refusal('last_admin');
  const right = await checkOwnPassword(deps, caller, password, network);
  const version = await revokeAllUnderVersion(deps, user, { sessionId: claims.sid });
  const notice = newNotice(deps, 'account_deleted', deps.now());
  const event = newEvent(deps, 'user_deleted', { userId: user.id, sessionId: claims.sid });
  const isDeleted =
    version !== undefined && (await deps.users.delete({ userId: user.id, version, notice, event, ...right }));
  if (!isDeleted) await refuseOvertaken(deps, caller);
  sendAfterResponse(deps, notice);
}
