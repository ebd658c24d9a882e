import type { ApiKey, NewApiKey, User } from 'latchkey-client';
import { fieldRows } from './account.ts';
import { showCopyable } from './copyable.ts';
import { curlOf } from './curl.ts';
import { find, make } from './dom.ts';
import { isFull } from './log.ts';
import { outputs } from './outputs.ts';
import { clearPages } from './pages.ts';
import { verifyPath } from './program.ts';
import { hideOnce, showOnce } from './shown-once.ts';
import { showClaims } from './token.ts';

const section = find('api-keys', HTMLElement);
let shownTo: string | undefined;
let newKey: NewApiKey | undefined;

/** Shows the part "API keys" to `user`, and to nobody else. It forgets the keys of another one. */
export function showKeysPart(user: User | undefined): void {
  const id = user?.user_id;
  const hasFocus = section.contains(document.activeElement);
  section.hidden = id === undefined;
  if (section.hidden && hasFocus) find('account-title', HTMLHeadingElement).focus();
  if (id === shownTo) return;
  shownTo = id;
  for (const form of section.querySelectorAll('form')) form.reset();
  clearPages('keys');
  showNewKey(undefined);
  clearAnswer();
}

/** Shows a new key, and how to use it with curl; with `undefined`, none any more. */
export function showNewKey(created: NewApiKey | undefined): void {
  newKey = created;
  hideOnce('key');
  showNewKeyAgain();
}

/** Shows the new key again after a change of `isFull`, which concerns the line for curl. */
export function showNewKeyAgain(): void {
  if (newKey === undefined) return;
  const { key, scopes } = newKey;
  const url = new URL(verifyPath(scopes.join(' ')), location.origin).href;
  const line = curlOf({ method: 'GET', url, headers: [['authorization', `Bearer ${key}`]], body: '' }, isFull());
  const [first, second] = [[key, 'the key'] as const, [line, 'the curl line that uses the key'] as const];
  showOnce('key', showCopyable(...first, outputs.keys), showCopyable(...second, outputs.keys));
}

/** Hides the new key if it is the one with this id. */
export function forgetNewKey(id: string): void {
  if (newKey?.key_id === id) showNewKey(undefined);
}

/** Shows what the service tells about the bearer of a key. */
export function showBearer(headers: Record<string, string>): void {
  find('key-bearer', HTMLDListElement).replaceChildren(...fieldRows(headers));
}

/** Shows what the access token says for which a key was exchanged. */
export function showExchanged(token: string | undefined): void {
  find('key-token', HTMLTableElement).hidden = token === undefined;
  showClaims('key-claims', token);
}

/** Shows no answer to a key any more. */
export function clearAnswer(): void {
  showBearer({});
  showExchanged(undefined);
}

/** Makes the entry of a key, with a button that calls `revoke` with it. */
export const showKey = (revoke: (key: ApiKey) => Promise<void>) => (key: ApiKey) => {
  const [made, end, use] = [key.created_on, key.expires_on, key.last_used_on].map(timeOf);
  const times = `Made ${made}, ${end === undefined ? 'never expires' : `expires ${end}`}`;
  const words = [
    make('span', 'agent', key.name),
    make('small', '', `Scopes: ${key.scopes.join(' ')}`),
    make('small', '', `${times}, ${use === undefined ? 'not used yet' : `last used ${use}`}`),
  ];
  const button = make('button', '', 'Revoke');
  button.type = 'button';
  button.setAttribute('aria-label', `Revoke the key ${key.name}`);
  button.addEventListener('click', () => void revoke(key));
  return make('li', '', make('div', '', ...words), button);
};

const timeOf = (text: string | null) => (text === null ? undefined : new Date(text).toLocaleString());
