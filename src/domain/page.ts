import { Refusal } from '../errors.ts';

/** A page of a list: its cursor is `undefined` at the end. */
export type Page<Item> = { items: Item[]; next: string | undefined };

/**
 * The first `limit` entries of `found`, and the cursor after the last of them, as `cursorOf` makes it. Read one entry more
 * than `limit`: it tells whether there is another page.
 */
export function pageOf<Item>(found: Item[], limit: number, cursorOf: (last: Item) => string): Page<Item> {
  const items = found.slice(0, limit);
  const last = found.length > limit ? items.at(-1) : undefined;
  return { items, next: last && cursorOf(last) };
}

/** The cursor of a list whose newest entries come first. Those of one millisecond are in the order of their ids. */
export const cursorAt = (at: Date, id: string): string => `${at.getTime()}.${id}`;

/** That cursor as a query takes it; without one, before the newest. Refuses with `invalid_request` what is no cursor. */
export function parseCursor(after: string | undefined): { afterTime: number; afterId: string } {
  if (after === undefined) return { afterTime: Number.MAX_SAFE_INTEGER, afterId: '' };
  const [, time, id] = /^(\d{1,15})\.([\w.-]{1,64})$/.exec(after) ?? [];
  if (time === undefined || id === undefined)
    throw new Refusal('invalid_request', { errors: [{ path: 'after', message: 'Must be the `next` of a page.' }] });
  return { afterTime: Number(time), afterId: id };
}
