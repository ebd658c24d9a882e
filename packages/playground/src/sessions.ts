import type { Session } from 'latchkey-client';
import { find, make } from './dom.ts';
import { textOf } from './fields.ts';

/** A session, as its user or an administrator gets it. */
type Listed = Omit<Session, 'current' | 'expires_on'> & { current?: boolean };

type End = (id: string) => Promise<void>;

/** Shows the sessions in the list with the id `name`, each with a button that calls `end` with its id. */
export function showSessions(sessions: Listed[], end: End = async () => {}, name = 'sessions'): void {
  find(name, HTMLUListElement).replaceChildren(...sessions.map((session) => showSession(session, end)));
}

/** The session that an administrator gets in `data`. */
export const parseSession = (data: unknown): Listed => ({
  id: textOf(data, 'id') ?? '',
  started_on: textOf(data, 'started_on') ?? '',
  last_used_on: textOf(data, 'last_used_on') ?? '',
  address_prefix: textOf(data, 'address_prefix') ?? null,
  country: textOf(data, 'country') ?? null,
  user_agent: textOf(data, 'user_agent') ?? null,
});

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
    ...(session.current === true ? [make('strong', '', 'This session')] : []),
    make('span', 'agent', agent),
    make('small', '', `Began ${timeOf(session.started_on)}, last used ${timeOf(session.last_used_on)}`),
    ...(place === '' ? [] : [make('small', '', `From ${place}`)]),
  ];
  return make('li', '', make('div', '', ...words), button);
}

const timeOf = (text: string) => new Date(text).toLocaleString();
