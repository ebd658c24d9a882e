import { administer } from './administer.ts';
import { callAdmin } from './admin-call.ts';
import { find } from './dom.ts';
import { listOf, textOf } from './fields.ts';

const PAGE_SIZE = '10';

/**
 * The list with the id `name`, which grows by a page with each click on the button `more-…`. Returns a function that
 * lists what the route `name` has for a query, and says how many entries are shown.
 */
export function createPages(name: 'users' | 'events', show: (entry: unknown) => HTMLLIElement) {
  const list = find(name, HTMLUListElement);
  const more = find(`more-${name}`, HTMLButtonElement);
  let query: Record<string, string> = {};
  let next: string | undefined;

  more.addEventListener('click', () => void administer(grow));

  async function grow(): Promise<string> {
    const page = { ...query, limit: PAGE_SIZE, ...(next === undefined ? {} : { after: next }) };
    const { body } = await callAdmin(`${name}?${new URLSearchParams(page).toString()}`);
    next = textOf(body, 'next');
    list.append(...listOf(body, 'data').map(show));
    // A button that disappears loses the focus.
    if (next === undefined && document.activeElement === more) find(`${name}-title`, HTMLHeadingElement).focus();
    more.hidden = next === undefined;
    return `Shown: ${list.childElementCount}.${more.hidden ? '' : ' There are more.'}`;
  }

  return async (asked: Record<string, string>): Promise<string> => {
    [query, next] = [asked, undefined];
    list.replaceChildren();
    more.hidden = true;
    return grow();
  };
}
