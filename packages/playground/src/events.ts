import { make } from './dom.ts';
import { fieldsOf, textOf } from './fields.ts';

/** An event, with a button that calls `showUser` with the id of its user. */
export function showEvent(event: unknown, showUser: (id: string) => void): HTMLLIElement {
  const [type = '', at = '', actor = ''] = ['type', 'at', 'actor'].map((name) => textOf(event, name));
  const place = ['address_prefix', 'country', 'user_agent'].flatMap((name) => textOf(event, name) ?? []).join(', ');
  const { data } = fieldsOf(event);
  const words = [
    make('code', '', type),
    make('small', '', `${new Date(at).toLocaleString()}, by ${actor}`),
    ...(place === '' ? [] : [make('small', 'agent', `From ${place}`)]),
    ...(typeof data === 'object' && data !== null ? [make('code', '', JSON.stringify(data))] : []),
  ];
  const id = textOf(event, 'user_id');
  return make('li', '', make('div', '', ...words), ...(id === undefined ? [] : [showButton(id, showUser)]));
}

function showButton(id: string, showUser: (id: string) => void): HTMLButtonElement {
  const button = make('button', '', 'User');
  button.type = 'button';
  button.setAttribute('aria-label', `User ${id}`);
  button.addEventListener('click', () => showUser(id));
  return button;
}
