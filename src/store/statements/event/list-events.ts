import { type SQL, sql, type SQLWrapper } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { events } from '../../tables/events.ts';

/** Which events, and how many. `after` is an id: newest first, the list goes on below it. */
export type EventListing = { userId: string | null; type: string | null; after: number; limit: number };

type Filter = (given: Record<'userId' | 'type', SQLWrapper>) => SQL;

/** Selects up to `limit` events after the id `after`. Each filter and each order is a statement with an index of its own. */
function list(filter: Filter, order: 'oldest' | 'newest') {
  const isAfter = order === 'oldest' ? sql`>` : sql`<`;
  const direction = order === 'oldest' ? sql`ASC` : sql`DESC`;
  return statement((given: Given<EventListing>) =>
    build
      .select()
      .from(events)
      .where(sql`${filter(given)} AND ${events.id} ${isAfter} ${given.after}`)
      .orderBy(sql`${events.id} ${direction}`)
      .limit(given.limit),
  );
}

const all: Filter = () => sql`true`;
const ofUser: Filter = ({ userId }) => sql`${events.userId} = ${userId}`;
const ofType: Filter = ({ type }) => sql`${events.type} = ${type}`;
/** A user has fewer events than a type: the plus keeps SQLite from the index of the type. */
const ofUserAndType: Filter = ({ userId, type }) => sql`${events.userId} = ${userId} AND +${events.type} = ${type}`;

const inOrder = (order: 'oldest' | 'newest') => ({
  '': list(all, order),
  OfUser: list(ofUser, order),
  OfType: list(ofType, order),
  OfUserOfType: list(ofUserAndType, order),
});

/** The statements by their order and their filters. */
export const listings = { oldest: inOrder('oldest'), newest: inOrder('newest') };
