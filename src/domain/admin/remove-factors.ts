import type { Deps } from '../deps.ts';
import { denylistUser } from '../denylist.ts';
import { newEvent } from '../event/new-event.ts';
import type { DeliveryDeps } from '../mail/deliver.ts';
import { newNotice, sendAfterResponse } from '../mail/notice.ts';
import { Refusal } from '../../errors.ts';
import { type Admin, actorOf } from './authenticate-admin.ts';
import { getManagedUser } from './managed-user.ts';

/**
 * Removes all second factors of the user `id`, and the recovery codes, for somebody who has lost them. All sessions end, in
 * database and KV. Returns how many factors and sessions. Two round trips and an entry in KV.
 *
 * Refuses anybody but an operator with `operator_required`, and with `unknown_user`. Rejects with `StorageFailure` unless
 * database and KV have recorded the end of the sessions; asking again completes that.
 */
export async function removeFactors(
  deps: DeliveryDeps & Pick<Deps, 'trace' | 'factors' | 'managedUsers' | 'denylist' | 'afterResponse'>,
  admin: Admin,
  id: string,
): Promise<{ factorsRemoved: number; sessionsRevoked: number }> {
  if (!admin.isOperator) throw new Refusal('operator_required');
  const { user } = await getManagedUser(deps, id);
  if (!user.hasFactor) {
    // A former attempt may have failed after the database.
    if (user.version > 0) await denylistUser(deps, user);
    return { factorsRemoved: 0, sessionsRevoked: 0 };
  }
  const at = deps.now();
  const notice = newNotice(deps, 'factor_removed', at);
  const event = newEvent(deps, 'factors_removed', { userId: id, actor: actorOf(admin) });
  const removed = await deps.factors.removeAll(id, at, { event, notice });
  if (removed === undefined) throw new Refusal('unknown_user');
  sendAfterResponse(deps, notice);
  await denylistUser(deps, { id, version: removed.version });
  return { factorsRemoved: removed.factors, sessionsRevoked: removed.sessionsRevoked };
}
