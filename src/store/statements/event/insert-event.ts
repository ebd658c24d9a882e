import { type SQL, sql } from 'drizzle-orm';
import { build } from '../../build.ts';
import { type Given, statement } from '../../statement.ts';
import { type Event, events } from '../../tables/events.ts';

/** An event as it begins. `data` is JSON. */
export type NewEvent = Omit<Event, 'id' | 'data'> & { data: string | null };

/** What a statement says about an event instead of its values. */
type Parts = { type?: SQL; userId?: SQL; data?: SQL; from?: SQL; where: SQL };

/** Inserts an event if `where` holds. The database gives its id. */
export function insertEventWhere(given: Given<NewEvent>, parts: Parts) {
  return insertEvents(given, { type: sql`${given.type}`, data: sql`${given.data}`, ...parts });
}

function insertEvents(
  given: Given<Omit<NewEvent, 'type' | 'data'>>,
  { type, userId, data, from = sql``, where }: Parts & { type: SQL; data: SQL },
) {
  const { at, actor, sessionId, addressPrefix, country, userAgent, requestId } = given;
  return build.insert(events).select(
    sql`SELECT NULL, ${type}, ${at}, ${userId ?? sql`${given.userId}`}, ${actor}, ${sessionId},
        ${addressPrefix}, ${country}, ${userAgent}, ${requestId}, ${data} ${from} WHERE ${where}`,
  );
}

/** Whether the statement before this one in the batch has changed a row. */
export const hasChanged = sql`changes() > 0`;

/** Inserts an event if the statement before it in the batch has changed a row: that is the one it tells about. */
export const insertEventIfChanged = statement((given: Given<NewEvent>) =>
  insertEventWhere(given, { where: hasChanged }),
);

/** Several events about one change: `kinds` is a JSON array of objects with the type and the data of each. */
export type NewEvents = Omit<NewEvent, 'type' | 'data'> & { kinds: string };

/** As `insertEventIfChanged`, for several events at once, in their order. */
export const insertEventsIfChanged = statement((given: Given<NewEvents>) =>
  insertEvents(given, {
    type: sql`json_extract(kind.value, '$.type')`,
    data: sql`json_extract(kind.value, '$.data')`,
    from: sql`FROM json_each(${given.kinds}) AS kind`,
    where: hasChanged,
  }),
);

/** As `insertEventIfChanged`, about the user of the challenge `challengeId`. */
export const insertEventOfChallenge = statement((given: Given<NewEvent & { challengeId: string }>) =>
  insertEventWhere(given, {
    userId: sql`(SELECT challenges.user_id FROM challenges WHERE challenges.id = ${given.challengeId})`,
    where: hasChanged,
  }),
);

/** As `insertEventIfChanged`, about the user with the canonical address `email`, if there is one. */
export const insertEventOfAddress = statement((given: Given<NewEvent & { email: string }>) =>
  insertEventWhere(given, {
    userId: sql`users.id`,
    from: sql`FROM users`,
    where: sql`${hasChanged} AND users.email = ${given.email}`,
  }),
);

/** Inserts an event that tells about no change. */
export const insertEvent = statement((given: Given<NewEvent>) => insertEventWhere(given, { where: sql`true` }));
