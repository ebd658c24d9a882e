import { newAsk } from '../mail/ask.ts';
import { sendAfterResponse } from '../mail/notice.ts';
import type { DeliveryDeps } from '../mail/deliver.ts';
import type { Deps } from '../deps.ts';
import type { Caller } from '../session/authenticate.ts';

/** Asks for a mail by which the caller can verify the address of the account. Refuses with `mail_unavailable`. */
export async function requestVerification(
  deps: DeliveryDeps & Pick<Deps, 'challenges' | 'afterResponse'>,
  { user }: Caller,
  locale: string | undefined,
): Promise<void> {
  const ask = await newAsk(deps, { purpose: 'verify_email', email: user.email, locale });
  await deps.challenges.askOfUser({ ...ask, userId: user.id, userVersion: user.version });
  sendAfterResponse(deps, ask);
}
