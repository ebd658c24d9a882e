import { z } from '@hono/zod-openapi';

/** The longest page of a list. */
const MAX_PAGE = 100;

/** The query of a list: these parameters and no other, since a mistyped filter would find too much. */
export function listQuery<const S extends z.ZodRawShape>(shape: S) {
  const known = Object.keys(shape).join(', ');
  return z.strictObject(shape, { error: `Must have no other parameters than ${known}.` });
}

/** `true` or `false` in a query. */
export const choice = z.enum(['true', 'false'], { error: 'Must be true or false.' }).optional();

/** How many entries a page has at most, if there is no limit: as many as it can. */
export function limitTo(most: number) {
  const error = `Must be a whole number from 1 to ${most}.`;
  return z
    .string()
    .regex(/^[1-9]\d{0,2}$/, { error, abort: true })
    .refine((text) => Number(text) <= most, { error })
    .default(String(most));
}

/** How many entries a page of most lists has at most. */
export const limit = limitTo(MAX_PAGE);

/** Where the page begins: the `next` of the page before. */
export const after = z.string().max(300, { error: 'Must be the `next` of a page.' }).optional();
