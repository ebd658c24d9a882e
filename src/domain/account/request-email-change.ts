import { Refusal } from '../../errors.ts';
import type { PasswordCheckDeps } from '../login/check-password.ts';
import type { Deps } from '../deps.ts';
import { newAsk } from '../mail/ask.ts';
import type { DeliveryDeps } from '../mail/deliver.ts';
import { sendAfterResponse } from '../mail/notice.ts';
import type { Caller } from '../session/authenticate.ts';
import { requireRecentFactor } from '../session/recent.ts';
import { checkOwnPassword } from './own-password.ts';

/** What the caller asks for. `locale` is the language of the mail if the account has none. */
type EmailChange = { newEmail: string; password: string; locale: string | undefined; network: string };

/**
 * Asks for a mail to the canonical address `newEmail`, by which the caller's account gets it. If another account has it,
 * its owner gets a mail that says so: the caller does not learn which. Two round trips. Refuses as `requireRecentFactor`
 * does, with `mail_unavailable`, with `invalid_request` for the address that the account has, and as `checkOwnPassword`
 * does.
 */
export async function requestEmailChange(
  deps: DeliveryDeps & PasswordCheckDeps & Pick<Deps, 'challenges' | 'afterResponse'>,
  caller: Caller,
  { newEmail, password, locale, network }: EmailChange,
): Promise<void> {
  requireRecentFactor(caller, deps.now());
  const { user } = caller;
  if (newEmail === user.email) {
    const message = 'Is the address of the account already.';
    throw new Refusal('invalid_request', { errors: [{ path: 'new_email', message }] });
  }
  const ask = await newAsk(deps, { purpose: 'change_email', email: newEmail, locale });
  const right = await checkOwnPassword(deps, caller, password, network);
  await deps.challenges.askOfNewAddress({ ...ask, userId: user.id, userVersion: user.version }, right);
  sendAfterResponse(deps, ask);
}
