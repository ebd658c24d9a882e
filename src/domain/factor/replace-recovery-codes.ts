import { Refusal } from '../../errors.ts';
import type { Deps } from '../deps.ts';
import { newEvent } from '../event/new-event.ts';
import type { DeliveryDeps } from '../mail/deliver.ts';
import { newNotice, sendAfterResponse } from '../mail/notice.ts';
import type { Caller } from '../session/authenticate.ts';
import { newCodes } from './enrol.ts';

/**
 * Gives the caller ten new recovery codes in place of those that there are. Nobody can read them again. One round trip.
 * Refuses with `no_second_factor`, and with `change_conflict` when the account has changed meanwhile.
 */
export async function replaceRecoveryCodes(
  deps: DeliveryDeps & Pick<Deps, 'trace' | 'factors' | 'afterResponse'>,
  { user, claims, hasFactor }: Caller,
): Promise<string[]> {
  if (!hasFactor) throw new Refusal('no_second_factor');
  const at = deps.now();
  const { codes, macs } = await newCodes(user.id, deps.config);
  const notice = newNotice(deps, 'recovery_codes_made', at);
  const event = newEvent(deps, 'recovery_codes_made', { userId: user.id, sessionId: claims.sid });
  const adder = { userId: user.id, userVersion: user.version, sessionId: claims.sid, at };
  if (!(await deps.factors.replaceCodes(adder, macs, { event, notice }))) throw new Refusal('change_conflict');
  sendAfterResponse(deps, notice);
  return codes;
}
