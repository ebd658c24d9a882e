import { parseSessions, parseUser, type Session, type User } from './account.ts';
import { type AccountEvent, parseEvent } from './events.ts';
import { LatchkeyError } from './errors.ts';
import { fieldsOf } from './response.ts';

/** The account, its newest hundred live sessions and its newest thousand events, as `GET /auth/user/export` has them. */
export type AccountExport = { account: User; sessions: Session[]; events: AccountEvent[] };

/** All that a response says about a user. Fields that this version does not know are kept. An older service has no events. */
export function parseExport(data: unknown): AccountExport {
  const fields = fieldsOf(data) ?? {};
  const { account, sessions, events = [] } = fields;
  if (!Array.isArray(events)) throw new LatchkeyError('unexpected_response', 'The response is not an export.');
  return { ...fields, account: parseUser(account), sessions: parseSessions(sessions), events: events.map(parseEvent) };
}
