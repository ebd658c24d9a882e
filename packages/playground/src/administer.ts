import { createAdmin } from 'latchkey-client/admin';
import { act, outputs, type Refused } from './outputs.ts';
import { asUser, showHeldToken, showLogin } from './page.ts';

/** The routes of administrators, with the access token of whoever is logged in. */
export const admin = createAdmin({ url: '/', fetch: asUser });

/**
 * Does `work` as `act` does, in the part "Administration". Somebody who is no administrator any more sees the refusal in
 * the part "Account", because the other part disappears.
 */
export async function administer(
  work: () => Promise<string>,
  output = outputs.administration,
): Promise<Refused | undefined> {
  const refusal = await act(output, async () => {
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
