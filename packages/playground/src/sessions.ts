import type { Session } from 'latchkey-client';
import type { AnySession } from 'latchkey-client/admin';
import { find, make } from './dom.ts';

/** A session, as its user or an administrator gets it. */
type Listed = Session | AnySession;

type End = (id: string) => Promise<void>;

/** Shows the sessions in the list with the id `name`, each with a button that calls `end` with its id. */
export function showSessions(sessions: Listed[], end: End = async () => {}, name = 'sessions'): void {
  find(name, HTMLUListElement).replaceChildren(...sessions.map((session) => showSession(session, end)));
}

/** Whether any session of the user is shown. */
export const hasSessions = () => find('sessions', HTMLUListElement).childElementCount > 0;

/** After a session has gone, the focus cannot stay on its button. */
export const focusSessions = () => find('sessions-title', HTMLHeadingElement).focus();

function showSession(session: Listed, end: End): HTMLLIElement {
  const agent = session.user_agent ?? 'An unknown program';
  const place = [session.address_prefix, session.country].filter((part) => part !== null).join(', ');
  const button = make('button', '', 'End');
  button.type = 'button';
  button.setAttribute('aria-label', `End the session that began ${timeOf(session.started_on)}: ${agent}`);
  button.addEventListener('click', () => void end(session.id));
  const words = [
    ...('current' in session && session.current ? [make('strong', '', 'This session')] : []),
    make('span', 'agent', agent),
    make('small', '', `Began ${timeOf(session.started_on)}, last used ${timeOf(session.last_used_on)}`),
    ...(place === '' ? [] : [make('small', '', `From ${place}`)]),
  ];
  return make('li', '', make('div', '', ...words), button);
}

const timeOf = (text: string) => new Date(text).toLocaleString();
