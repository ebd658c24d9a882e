import { newEvent } from '../event/new-event.ts';
import { newAsk } from '../mail/ask.ts';
import { sendAfterResponse } from '../mail/notice.ts';
import type { DeliveryDeps } from '../mail/deliver.ts';
import type { Deps } from '../deps.ts';

/**
 * Mails the owner of the account with the canonical address `email` a way to choose a new password, if there is one. One
 * round trip, and the same work whether there is such an account or not; the mail goes out after the response. Refuses
 * with `mail_unavailable`.
 */
export async function requestPasswordReset(
  deps: DeliveryDeps & Pick<Deps, 'trace' | 'challenges' | 'afterResponse'>,
  email: string,
  locale: string | undefined,
): Promise<void> {
  const ask = await newAsk(deps, { purpose: 'reset_password', email, locale });
  await deps.challenges.askOfAddress(ask, newEvent(deps, 'password_reset_asked'));
  sendAfterResponse(deps, ask);
}
