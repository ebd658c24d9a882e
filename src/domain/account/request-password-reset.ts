import { newAsk } from '../mail/ask.ts';
import { sendAfterResponse } from '../mail/notice.ts';
import type { DeliveryDeps } from '../mail/deliver.ts';
import type { Deps } from '../deps.ts';

/**
 * Asks for a mail by which whoever has the account with the canonical address `email` can choose a new password. One
 * round trip, and the same work whether there is such an account or not; the mail goes out after the response. Refuses
 * with `mail_unavailable`.
 */
export async function requestPasswordReset(
  deps: DeliveryDeps & Pick<Deps, 'challenges' | 'afterResponse'>,
  email: string,
  locale: string | undefined,
): Promise<void> {
  const ask = await newAsk(deps, { purpose: 'reset_password', email, locale });
  await deps.challenges.askOfAddress(ask);
  sendAfterResponse(deps, ask);
}
