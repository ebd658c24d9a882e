import { type Device, deviceIn, isText, textOrNull } from './account.ts';
import { LatchkeyError } from './errors.ts';
import { parsePart } from './lists.ts';
import { type Fields, fieldsOf } from './response.ts';

/** Something that has happened to an account. Fields that the service does not tell are `null`. */
export type AccountEvent = Device & {
  /** Where the event stands among all: the cursor. */
  id: string;
  /** Such as `login` or `roles_changed`. A newer service may have further types. */
  type: string;
  at: string;
  user_id: string | null;
  /** Who did it: `user`, `operator`, `system`, or `admin:` and an id. Users see `admin` without the id. */
  actor: string;
  session_id: string | null;
  request_id: string | null;
  data: Record<string, unknown> | null;
};

/** Events, and the cursor of those that follow in their order; `undefined` when there are no more now. */
export type EventPage = { events: AccountEvent[]; next: string | undefined };

/** The events in the body of a success. Fields that this version does not know are kept. */
export function parseEvents(body: Fields): EventPage {
  const { entries, next } = parsePart(body, parseEvent);
  return { events: entries, next };
}

/** An event in a response. */
export function parseEvent(entry: unknown): AccountEvent {
  const fields = fieldsOf(entry) ?? {};
  const { id, type, at, actor, user_id: user, session_id: session, request_id: request, data } = fields;
  if (!isText(id) || !isText(type) || !isText(at) || !isText(actor)) {
    throw new LatchkeyError('unexpected_response', 'The response is not a list of events.');
  }
  const ids = { user_id: textOrNull(user), session_id: textOrNull(session), request_id: textOrNull(request) };
  return { ...fields, id, type, at, actor, ...ids, ...deviceIn(fields), data: fieldsOf(data) ?? null };
}
