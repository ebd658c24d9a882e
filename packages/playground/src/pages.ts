import { find } from './dom.ts';

/** Asks for a page of a list. */
export type Read<Entry> = (page: { after: string | undefined; limit: number }) => Promise<Page<Entry>>;

type Page<Entry> = { entries: Entry[]; next: string | undefined };

const PAGE_SIZE = 10;

type Name = 'users' | 'events' | 'clients' | 'keys';

/**
 * The list with the id `name`, which grows by a page with each click on the button `more-…`, as work of `run`. Returns a
 * function that lists what it is given to read, and says how many entries are shown.
 */
export function createPages<Entry>(
  name: Name,
  show: (entry: Entry) => HTMLLIElement,
  run: (work: () => Promise<string>) => Promise<unknown>,
) {
  const list = find(name, HTMLUListElement);
  const more = find(`more-${name}`, HTMLButtonElement);
  let grow = async () => '';

  more.addEventListener('click', () => void run(() => grow()));

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
    clearPages(name);
    return grow();
  };
}

/** Shows nothing of the list with the id `name` any more. */
export function clearPages(name: Name): void {
  find(name, HTMLUListElement).replaceChildren();
  find(`more-${name}`, HTMLButtonElement).hidden = true;
}
