import type { User } from 'latchkey-client';
import { showClient } from './clients.ts';
import { find } from './dom.ts';
import { showMachine } from './machine.ts';
import { clearPages } from './pages.ts';
import { hideOnce } from './shown-once.ts';
import { showSubject } from './subject.ts';

const section = find('administration', HTMLElement);
let shownTo: string | undefined;

/** The id of the administrator who sees this part; `undefined` while nobody does. */
export const administratorId = () => shownTo;

/** Shows the part "Administration" to an administrator, and to nobody else. It forgets what another one has looked at. */
export function showAdministration(user: User | undefined): void {
  const id = user?.admin === true ? user.user_id : undefined;
  const hasFocus = section.contains(document.activeElement);
  section.hidden = id === undefined;
  if (section.hidden && hasFocus) find('account-title', HTMLHeadingElement).focus();
  if (id === shownTo) return;
  shownTo = id;
  for (const form of section.querySelectorAll('form')) form.reset();
  showSubject(undefined);
  showClient(undefined);
  hideOnce('secret');
  showMachine(undefined);
  for (const name of ['users', 'events', 'clients'] as const) clearPages(name);
}
