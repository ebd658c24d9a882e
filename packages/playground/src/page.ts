import type { User } from 'latchkey-client';
import { showAccount } from './account.ts';
import { showAdministration } from './administration.ts';
import { showFactorsPart } from './factors.ts';
import { showKeysPart } from './keys.ts';
import { isFull } from './log.ts';
import { createLogins } from './logins.ts';
import { clearOthers, isBusy, outputs, refuse, say } from './outputs.ts';
import { hideProof } from './reauthentication.ts';
import { showSecondStep } from './second-step.ts';
import { send } from './send.ts';
import { showSessions } from './sessions.ts';
import { showToken } from './token.ts';

export const logins = createLogins(send, () => void followChange());

/** `fetch` with the access token of whoever is logged in. */
export const asUser: typeof fetch = (input, init) => logins.client().fetch(input, init);

/** Asks who is logged in, and shows it. Shows nothing of an account that it cannot ask for. */
export async function showLogin(): Promise<User | undefined> {
  const client = logins.client();
  try {
    const user = await client.user();
    showAccount(user);
    showAdministration(user);
    showFactorsPart(user);
    showKeysPart(user);
    showSecondStep(undefined);
    showToken(user && (await client.accessToken()), isFull());
    if (user === undefined) showNobody();
    return user;
  } catch (error) {
    const isKept = (await client.accessToken().catch(() => '')) !== undefined;
    showAccount(isKept ? {} : undefined);
    showAdministration(undefined);
    showFactorsPart(undefined);
    showKeysPart(undefined);
    throw error;
  }
}

function showNobody(): void {
  showSessions([]);
  hideProof();
}

/** Shows the access token that the client has now: any call can have brought another one. */
export async function showHeldToken(): Promise<void> {
  showToken(await logins.client().accessToken(), isFull());
}

/** Somebody has logged in or out: by an action of this page, in another tab, or on another device. */
async function followChange(): Promise<void> {
  if (!isBusy()) {
    clearOthers(outputs.account);
    say(outputs.account, 'Another tab has logged in or out.');
  }
  try {
    await showLogin();
  } catch (error) {
    refuse(outputs.account, error);
  }
}
