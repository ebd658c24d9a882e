import { act, outputs } from './outputs.ts';
import { showHeldToken, showLogin } from './page.ts';
import type { Refusal } from './refusal.ts';

/**
 * Does `work` as `act` does, in the part "Administration". Somebody who is no administrator any more sees the refusal in
 * the part "Account", because the other part disappears.
 */
export async function administer(work: () => Promise<string>): Promise<Refusal | undefined> {
  const refusal = await act(outputs.administration, async () => {
    const done = await work();
    await showHeldToken();
    return done;
  });
  if (refusal?.code !== 'admin_required') return refusal;
  return act(outputs.account, async () => {
    await showLogin();
    throw refusal;
  });
}
