import type { Session } from 'latchkey-client';
import { find, make } from './dom.ts';

const list = find('sessions', HTMLUListElement);

type End = (id: string) => Promise<void>;

/** Shows the sessions, each with a button that calls `end` with its id. */
export function showSessions(sessions: Session[], end: End = async () => {}): void {
  list.replaceChildren(...sessions.map((session) => showSession(session, end)));
}

/** Whether any session is shown. */
export const hasSessions = () => list.childElementCount > 0;

/** After a session has gone, the focus cannot stay on its button. */
export const focusSessions = () => find('sessions-title', HTMLHeadingElement).focus();

function showSession(session: Session, end: End): HTMLLIElement {
  const agent = session.user_agent ?? 'An unknown program';
  const place = [session.address_prefix, session.country].filter((part) => part !== null).join(', ');
  const button = make('button', '', 'End');
  button.type = 'button';
  button.setAttribute('aria-label', `End the session that began ${timeOf(session.started_on)}: ${agent}`);
  button.addEventListener('click', () => void end(session.id));
  const words = [
    ...(session.current ? [make('strong', '', 'This session')] : []),
    make('span', 'agent', agent),
    make('small', '', `Began ${timeOf(session.started_on)}, last used ${timeOf(session.last_used_on)}`),
    ...(place === '' ? [] : [make('small', '', `From ${place}`)]),
  ];
  return make('li', '', make('div', '', ...words), button);
}

const timeOf = (text: string) => new Date(text).toLocaleString();
