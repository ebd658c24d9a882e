import { createLatchkey, type LatchkeyError, localStorageStore, type LoginChallenge } from 'latchkey-client';
import { find, onFactor, say, sayToSetUp, show, showFactor, valueOf } from './page';

const service = 'http://localhost:8787';
const latchkey = createLatchkey({ url: service, store: localStorageStore() });
// The last login that needed a second factor: half a login, so keep it in memory only.
let challenge: LoginChallenge | undefined;

function attempt(work: Promise<void>): void {
  work.then(() => say(''), explain);
}

function explain(error: LatchkeyError): void {
  const { code, message } = error;
  say(code === 'invalid_credentials' ? 'The e-mail or the password is wrong.' : message);
  if (code === 'second_factor_enrolment_required') sayToSetUp(`${service}/account/security`);
  if (code === 'invalid_challenge_token') show('login');
  if (code !== 'second_factor_required') return;
  challenge = error.challenge;
  say('');
  showFactor(challenge?.methods ?? []);
}

find('login')?.addEventListener('submit', (event) => {
  event.preventDefault();
  const credentials = { email: valueOf('email'), password: valueOf('password') };
  attempt(event.submitter?.id === 'register' ? latchkey.register(credentials) : latchkey.logIn(credentials));
});
onFactor((factor) => challenge && attempt(latchkey.logInWithFactor(challenge, factor)));
find('log-out')?.addEventListener('click', () => attempt(latchkey.logOut()));

// Shows the user now, and again when somebody logs in or out, here or in another tab. "Back" ends a half login so.
const update = () => attempt(latchkey.user().then((user) => show(user ? 'account' : 'login', user?.email)));
find('back')?.addEventListener('click', update);
latchkey.onChange(update);
update();
