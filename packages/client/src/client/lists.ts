import { LatchkeyError } from './errors.ts';
import type { Fields } from './response.ts';

/** Which part of a list: after the cursor of an earlier part, and how many at most. */
export type Page = { after?: string | undefined; limit?: number | undefined };

/** A part of a list, and the cursor of the next part; without one, the list ends here. */
export type Part<T> = { entries: T[]; next: string | undefined };

/** The part of a list in the body of a success. */
export function parsePart<T>(body: Fields, parse: (entry: unknown) => T): Part<T> {
  const { data } = body;
  if (!Array.isArray(data)) throw notList();
  return { entries: data.map(parse), next: cursorIn(body) };
}

/** The cursor of what follows; `undefined` at the end. Throws for none at all, which must not pass for the end. */
export function cursorIn({ next }: Fields): string | undefined {
  if (next === null) return undefined;
  if (typeof next !== 'string') throw notList();
  return next;
}

const notList = () => new LatchkeyError('unexpected_response', 'The response is not a list.');
