import { newAsk } from '../mail/ask.ts';
import { sendAfterResponse } from '../mail/notice.ts';
import type { DeliveryDeps } from '../mail/deliver.ts';
import type { Deps } from '../deps.ts';

/**
 * Asks for a mail to the canonical address `email`: one to make an account with, or one that says that there is an
 * account. One round trip, and the same work for both. Refuses with `mail_unavailable`.
 */
export async function requestRegistration(
  deps: DeliveryDeps & Pick<Deps, 'challenges' | 'afterResponse'>,
  email: string,
  locale: string | undefined,
): Promise<void> {
  const ask = await newAsk(deps, { purpose: 'register', email, locale });
  await deps.challenges.askOfNobody(ask);
  sendAfterResponse(deps, ask);
}
