import type { AccountEvent } from 'latchkey-client';
import { make } from './dom.ts';

type LookAt = (id: string) => void;

/** Makes the entry of an event, with a button that calls `lookAt` with the id of its user. */
export const showEvent = (lookAt: LookAt) => (event: AccountEvent) => {
  const { type, at, actor, data, user_id: id } = event;
  const device = [event.address_prefix, event.country, event.user_agent].filter((part) => part !== null).join(', ');
  const words = [
    make('code', '', type),
    make('small', '', `${new Date(at).toLocaleString()}, by ${actor}`),
    ...(device === '' ? [] : [make('small', 'agent', `From ${device}`)]),
    ...(data === null ? [] : [make('code', '', JSON.stringify(data))]),
  ];
  return make('li', '', make('div', '', ...words), ...(id === null ? [] : [showButton(id, lookAt)]));
};

function showButton(id: string, lookAt: LookAt): HTMLButtonElement {
  const button = make('button', '', 'User');
  button.type = 'button';
  button.setAttribute('aria-label', `User ${id}`);
  button.addEventListener('click', () => lookAt(id));
  return button;
}
