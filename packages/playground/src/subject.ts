import type { AdminUserDetails } from 'latchkey-client/admin';
import { fieldRows } from './account.ts';
import { find } from './dom.ts';
import { showSessions } from './sessions.ts';

const view = find('subject', HTMLDivElement);
const title = find('subject-title', HTMLHeadingElement);

/** Shows the user whom an administrator looks at, with what tells why they cannot log in; with `undefined`, nobody. */
export function showSubject(user: AdminUserDetails | undefined): void {
  view.hidden = user === undefined;
  title.textContent = user?.email ?? '';
  find('subject-roles', HTMLInputElement).value = user?.roles.join(', ') ?? '';
  find('disable', HTMLButtonElement).textContent = isDisabled(user) ? 'Enable' : 'Disable';
  find('subject-fields', HTMLDListElement).replaceChildren(...(user === undefined ? [] : rowsOf(user)));
  showSessions([], undefined, 'subject-sessions');
}

export const focusSubject = () => title.focus();

export const isDisabled = (user: AdminUserDetails | undefined) => typeof user?.disabled_on === 'string';

function rowsOf({ login, ...account }: AdminUserDetails): HTMLElement[] {
  const user = { ...account, factors: wordsOfFactors(account.factors) };
  const waits = login.waits.map(({ until, by }) => {
    const time = new Date(until).toLocaleString();
    return by === 'network' ? `one network until ${time}` : `new networks until ${time}`;
  });
  return fieldRows({ ...user, ...login, waits });
}

function wordsOfFactors({ totp, passkeys, recovery_codes: codes }: AdminUserDetails['factors']): string[] {
  return [
    ...(totp ? ['authenticator app'] : []),
    ...(passkeys === 0 ? [] : [`passkeys: ${passkeys}`]),
    ...(codes === 0 ? [] : [`recovery codes: ${codes}`]),
  ];
}
