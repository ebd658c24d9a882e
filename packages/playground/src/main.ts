import { connectAccountForms } from './account-actions.ts';
import { askUser, keepAt, listSessions, logOut, refresh } from './actions.ts';
import { connectAdministration } from './admin-actions.ts';
import { find, onClick } from './dom.ts';
import { enter } from './enter.ts';
import { connectFactors } from './factor-actions.ts';
import { connectKeys } from './key-actions.ts';
import { showNewKeyAgain } from './keys.ts';
import { clearLog, isFull, showAgain } from './log.ts';
import { connectMachine, showMachineAgain } from './machine.ts';
import { showMails } from './mails.ts';
import { act, outputs, refuse } from './outputs.ts';
import { logins, showHeldToken, showLogin } from './page.ts';
import { connectReauthentication } from './reauthentication-actions.ts';
import { connectFactorLogins } from './second-step-actions.ts';
import { showRawToken } from './token.ts';

find('login', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault();
  enter(event.submitter?.id === 'register' ? 'register' : 'logIn').catch(reportError);
});

onClick('ask-user', askUser);
onClick('log-out-session', () => logOut('session'));
onClick('log-out-others', () => logOut('others'));
onClick('log-out-all', () => logOut('all'));
onClick('refresh', refresh);
onClick('list-sessions', listSessions);
onClick('clear-log', clearLog);
onClick('list-mails', async () => void (await showMails()));
connectAccountForms();
connectFactorLogins();
connectReauthentication();
connectAdministration();
connectFactors();
connectKeys();
connectMachine();

const choices = { memory: find('keep-memory', HTMLInputElement), localStorage: find('keep-local', HTMLInputElement) };
const showPlace = () => void (choices[logins.place()].checked = true);
choices.memory.addEventListener('change', () => void keepAt('memory').finally(showPlace));
choices.localStorage.addEventListener('change', () => void keepAt('localStorage').finally(showPlace));
showPlace();

find('show-secrets', HTMLInputElement).addEventListener('change', () => {
  showAgain();
  showRawToken(isFull());
  showNewKeyAgain();
  showMachineAgain();
});

// Another tab that has refreshed says so to its client only. The browser tells this page.
addEventListener('storage', () => {
  if (logins.place() === 'localStorage') showHeldToken().catch((error: unknown) => refuse(outputs.token, error));
});

await act(outputs.account, async () => {
  await showLogin();
  return '';
});
