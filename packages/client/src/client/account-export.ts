import { parseSessions, parseUser, type Session, type User } from './account.ts';
import { type ApiKey, parseKey } from './api-keys.ts';
import { type AccountEvent, parseEvent } from './events.ts';
import { LatchkeyError } from './errors.ts';
import { fieldsOf } from './response.ts';

/**
 * The account, its newest hundred live sessions, hundred API keys and thousand events, as `GET /auth/user/export` has them.
 */
export type AccountExport = { account: User; sessions: Session[]; keys: ApiKey[]; events: AccountEvent[] };

/**
 * All that a response says about a user. Fields that this version does not know are kept. An older service has no
 * events and no keys.
 */
export function parseExport(data: unknown): AccountExport {
  const fields = fieldsOf(data) ?? {};
  const { account, sessions, keys = [], events = [] } = fields;
  if (!Array.isArray(events) || !Array.isArray(keys))
    throw new LatchkeyError('unexpected_response', 'The response is not an export.');
  return {
    ...fields,
    account: parseUser(account),
    sessions: parseSessions(sessions),
    keys: keys.map(parseKey),
    events: events.map(parseEvent),
  };
}
