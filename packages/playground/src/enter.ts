import { LatchkeyError } from 'latchkey-client';
import { readCredentials } from './account.ts';
import { find } from './dom.ts';
import { showProblems } from './forms.ts';
import { goIn } from './go-in.ts';
import { goOnByMail } from './mailing.ts';
import { act, outputs } from './outputs.ts';
import { logins } from './page.ts';

/** Logs in or registers with what is in the form. The page follows when the client reports the change. */
export async function enter(how: 'logIn' | 'register'): Promise<void> {
  const form = find('login', HTMLFormElement);
  showProblems(form, undefined);
  const refusal = await act(outputs.account, how === 'register' ? register : logIn);
  showProblems(form, refusal);
}

const logIn = () => goIn(() => logins.client().logIn(readCredentials()), 'Logged in.');

/** Registers. Where the service mails first, leads on to the form for the code. */
async function register(): Promise<string> {
  const credentials = readCredentials();
  try {
    return await goIn(() => logins.client().register(credentials), 'Registered, and logged in.');
  } catch (error) {
    if (!(error instanceof LatchkeyError) || error.code !== 'confirmation_required') throw error;
    goOnByMail(credentials.password);
    return error.message;
  }
}
