import { find, make } from './dom.ts';

const words: Readonly<Record<string, string>> = {
  email: 'E-mail',
  email_verified: 'E-mail verified',
  user_id: 'User id',
  admin: 'Administrator',
  locale: 'Language of mails',
  registered_on: 'Registered',
};

const guest = find('guest', HTMLDivElement);
const view = find('user', HTMLDivElement);

/** Shows the account `user`, or the forms of a guest when it is `undefined`. The focus follows when it was in what disappears. */
export function showAccount(user: Record<string, unknown> | undefined): void {
  const hasFocus = document.activeElement?.closest('form, #user, #sessions') !== null;
  const isChange = guest.hidden !== (user !== undefined);
  guest.hidden = user !== undefined;
  // Otherwise they would be there again after a logout, or for somebody else.
  if (isChange) clearSecrets();
  view.hidden = user === undefined;
  find('user-fields', HTMLDListElement).replaceChildren(...Object.entries(user ?? {}).flatMap(showField));
  if (!isChange || !hasFocus) return;
  if (user === undefined) find('email', HTMLInputElement).focus();
  else find('account-title', HTMLHeadingElement).focus();
}

function clearSecrets(): void {
  const inputs = document.querySelectorAll<HTMLInputElement>('input:is([type="password"], [name="proof"])');
  for (const input of inputs) input.value = '';
}

function showField([name, value]: [string, unknown]): HTMLElement[] {
  return [make('dt', '', words[name] ?? name), make('dd', '', showValue(name, value))];
}

function showValue(name: string, value: unknown): string {
  if (name === 'registered_on' && typeof value === 'string') return new Date(value).toLocaleString();
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The address and the password in the form to log in. */
export function readCredentials(): { email: string; password: string } {
  const [email, password] = [find('email', HTMLInputElement).value, find('password', HTMLInputElement).value];
  return { email, password };
}
