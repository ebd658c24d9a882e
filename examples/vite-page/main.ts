import { createLatchkey, type LatchkeyError, localStorageStore, type User } from 'latchkey-client';

const latchkey = createLatchkey({ url: 'http://localhost:8787', store: localStorageStore() });
const find = (id: string) => document.getElementById(id);
const form = document.querySelector('form');
const valueOf = (name: string) => form?.querySelector<HTMLInputElement>(`[name=${name}]`)?.value ?? '';

function show(user: User | undefined): void {
  form?.toggleAttribute('hidden', user !== undefined);
  find('account')?.toggleAttribute('hidden', user === undefined);
  find('user')?.replaceChildren(user?.email ?? '');
  if (user !== undefined) form?.reset();
}

function attempt(work: Promise<void>): void {
  const say = (problem: string) => find('problem')?.replaceChildren(problem);
  const explain = ({ code, message }: LatchkeyError) =>
    say(code === 'invalid_credentials' ? 'The e-mail or the password is wrong.' : message);
  work.then(() => say(''), explain);
}

form?.addEventListener('submit', (event) => {
  event.preventDefault();
  const credentials = { email: valueOf('email'), password: valueOf('password') };
  attempt(event.submitter?.id === 'register' ? latchkey.register(credentials) : latchkey.logIn(credentials));
});
find('log-out')?.addEventListener('click', () => attempt(latchkey.logOut()));

// Shows the user now, and again when somebody logs in or out, here or in another tab.
const update = () => attempt(latchkey.user().then(show));
latchkey.onChange(update);
update();
