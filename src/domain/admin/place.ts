import { Refusal } from '../../errors.ts';

/** Where a page of a list ends whose newest entries come first. Those of one millisecond are in the order of their ids. */
export const placeOf = (at: Date, id: string): string => `${at.getTime()}.${id}`;

/** The place as a query takes it; without a cursor, before the newest. Refuses with `invalid_request` what is no place. */
export function parsePlace(after: string | undefined): { afterTime: number; afterId: string } {
  if (after === undefined) return { afterTime: Number.MAX_SAFE_INTEGER, afterId: '' };
  const [, time, id] = /^(\d{1,15})\.([\w.-]{1,64})$/.exec(after) ?? [];
  if (time === undefined || id === undefined)
    throw new Refusal('invalid_request', { errors: [{ path: 'after', message: 'Must be the `next` of a page.' }] });
  return { afterTime: Number(time), afterId: id };
}
