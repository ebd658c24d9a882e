import { find, make } from './dom.ts';

const words: Readonly<Record<string, string>> = {
  email: 'E-mail',
  email_verified: 'E-mail verified',
  user_id: 'User id',
  admin: 'Administrator',
  locale: 'Language of mails',
  roles: 'Roles',
  claims: 'Claims',
  registered_on: 'Registered',
  disabled_on: 'Disabled',
  second_factor: 'Second factor',
  factors: 'Factors',
  undeliverable_on: 'Undeliverable',
  live_sessions: 'Live sessions',
  password_scheme: 'Password scheme',
  password_usable: 'Password usable',
  last_login_on: 'Last login',
  last_failed_on: 'Last failure',
  waits: 'Has to wait',
  client_id: 'Client id',
  name: 'Name',
  scopes: 'Scopes',
  jwks: 'Public keys',
  created_on: 'Made',
  last_used_on: 'Last used',
  last_refused_on: 'Last refused',
};

const guest = find('guest', HTMLDivElement);
const view = find('user', HTMLDivElement);

/** Shows the account `user`, or the forms of a guest when it is `undefined`. The focus follows when it was in what disappears. */
export function showAccount(user: Record<string, unknown> | undefined): void {
  const hasFocus =
    document.activeElement?.closest('form, #user, #sessions, #administration, #factors, #api-keys') !== null;
  const isChange = guest.hidden !== (user !== undefined);
  guest.hidden = user !== undefined;
  // Otherwise they would be there again after a logout, or for somebody else.
  if (isChange) clearSecrets();
  view.hidden = user === undefined;
  find('user-fields', HTMLDListElement).replaceChildren(...fieldRows(user ?? {}));
  if (!isChange || !hasFocus) return;
  if (user === undefined) find('email', HTMLInputElement).focus();
  else find('account-title', HTMLHeadingElement).focus();
}

function clearSecrets(): void {
  const secrets = 'input:is([type="password"], [autocomplete="one-time-code"])';
  const inputs = document.querySelectorAll<HTMLInputElement>(secrets);
  for (const input of inputs) input.value = '';
}

/** The terms and descriptions for what is known of a user. */
export const fieldRows = (fields: Record<string, unknown>): HTMLElement[] =>
  Object.entries(fields).flatMap(([name, value]) => [
    make('dt', '', words[name] ?? name),
    make('dd', '', showValue(name, value)),
  ]);

function showValue(name: string, value: unknown): string {
  if (name.endsWith('_on') && typeof value === 'string') return new Date(value).toLocaleString();
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (value === null) return '–';
  if (Array.isArray(value)) return value.length === 0 ? '–' : value.join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The address and the password in the form to log in. */
export function readCredentials(): { email: string; password: string } {
  const [email, password] = [find('email', HTMLInputElement).value, find('password', HTMLInputElement).value];
  return { email, password };
}
