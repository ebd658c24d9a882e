import type { LatchkeyError } from 'latchkey-client';
import { find, make } from './dom.ts';

const words: Readonly<Record<string, string>> = {
  email: 'E-mail',
  email_verified: 'E-mail verified',
  user_id: 'User id',
  admin: 'Administrator',
  locale: 'Language of mails',
  registered_on: 'Registered',
};

const form = find('login', HTMLFormElement);
const view = find('user', HTMLDivElement);

/** Shows the account `user`, or the form to log in when it is `undefined`. The focus follows when it was in what disappears. */
export function showAccount(user: Record<string, unknown> | undefined): void {
  const hasFocus = document.activeElement?.closest('form, #user, #sessions') !== null;
  const isChange = form.hidden !== (user !== undefined);
  form.hidden = user !== undefined;
  // Otherwise it would be there again after a logout.
  if (user !== undefined) find('password', HTMLInputElement).value = '';
  view.hidden = user === undefined;
  find('user-fields', HTMLDListElement).replaceChildren(...Object.entries(user ?? {}).flatMap(showField));
  if (!isChange || !hasFocus) return;
  if (user === undefined) find('email', HTMLInputElement).focus();
  else find('account-title', HTMLHeadingElement).focus();
}

function showField([name, value]: [string, unknown]): HTMLElement[] {
  return [make('dt', '', words[name] ?? name), make('dd', '', showValue(name, value))];
}

function showValue(name: string, value: unknown): string {
  if (name === 'registered_on' && typeof value === 'string') return new Date(value).toLocaleString();
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What is in the form. */
export function readCredentials(): { email: string; password: string } {
  const [email, password] = [find('email', HTMLInputElement).value, find('password', HTMLInputElement).value];
  return { email, password };
}

/** Shows what is wrong with each field of the form; with `undefined`, nothing is. */
export function showProblems(refusal: LatchkeyError | undefined): void {
  const problems = new Map(refusal?.errors.map(({ path, message }) => [path, message]));
  for (const name of ['email', 'password']) {
    const input = find(name, HTMLInputElement);
    find(`${name}-problem`, HTMLParagraphElement).textContent = problems.get(name) ?? '';
    input.setAttribute('aria-invalid', String(problems.has(name)));
  }
  form.querySelector<HTMLInputElement>('[aria-invalid="true"]')?.focus();
}
