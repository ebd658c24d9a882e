import { fieldRows } from './account.ts';
import { find } from './dom.ts';
import { type Fields, fieldsOf, listOf, textOf } from './fields.ts';
import { showSessions } from './sessions.ts';

/** The user that an administrator looks at. `tag` changes with the user. */
export type Subject = { id: string; isDisabled: boolean; tag: string | undefined };

const view = find('subject', HTMLDivElement);
const title = find('subject-title', HTMLHeadingElement);
const roles = find('subject-roles', HTMLInputElement);

/** Shows the user in `data` with its state, as the service has it; with `undefined`, nobody. */
export function showSubject(data: unknown, tag?: string): Subject {
  const { user_id: id, email, login, ...fields } = fieldsOf(data);
  const isDisabled = textOf(fields, 'disabled_on') !== undefined;
  view.hidden = id === undefined;
  title.textContent = typeof email === 'string' ? email : '';
  roles.value = listOf(fields, 'roles').join(', ');
  find('disable', HTMLButtonElement).textContent = isDisabled ? 'Enable' : 'Disable';
  const rows: Fields = { user_id: id, ...fields, ...fieldsOf(login), waits: listOf(login, 'waits').map(wordsOfWait) };
  find('subject-fields', HTMLDListElement).replaceChildren(...(view.hidden ? [] : fieldRows(rows)));
  showSessions([], undefined, 'subject-sessions');
  return { id: typeof id === 'string' ? id : '', isDisabled, tag };
}

export const focusSubject = () => title.focus();

function wordsOfWait(wait: unknown): string {
  const until = new Date(textOf(wait, 'until') ?? '').toLocaleString();
  return textOf(wait, 'by') === 'network' ? `one network until ${until}` : `new networks until ${until}`;
}
