import { administer } from './administer.ts';
import { find } from './dom.ts';

/** Asks for a page of a list. */
export type Read<Entry> = (page: { after: string | undefined; limit: number }) => Promise<Page<Entry>>;

type Page<Entry> = { entries: Entry[]; next: string | undefined };

const PAGE_SIZE = 10;

/**
 * The list with the id `name`, which grows by a page with each click on the button `more-…`. Returns a function that
 * lists what it is given to read, and says how many entries are shown.
 */
export function createPages<Entry>(name: 'users' | 'events', show: (entry: Entry) => HTMLLIElement) {
  const list = find(name, HTMLUListElement);
  const more = find(`more-${name}`, HTMLButtonElement);
  let grow = async () => '';

  more.addEventListener('click', () => void administer(() => grow()));

  return async (read: Read<Entry>): Promise<string> => {
    let after: string | undefined;
    grow = async () => {
      const { entries, next } = await read({ after, limit: PAGE_SIZE });
      after = next;
      list.append(...entries.map(show));
      // A button that disappears loses the focus.
      if (next === undefined && document.activeElement === more) find(`${name}-title`, HTMLHeadingElement).focus();
      more.hidden = next === undefined;
      if (list.childElementCount === 0) return 'There is none.';
      return `Shown: ${list.childElementCount}.${more.hidden ? '' : ' There are more.'}`;
    };
    list.replaceChildren();
    more.hidden = true;
    return grow();
  };
}
