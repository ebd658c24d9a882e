import { parseSessions, parseUser, type Session, type User } from './account.ts';
import { type ApiKey, parseKey } from './api-keys.ts';
import { type AccountEvent, parseEvent } from './events.ts';
import { LatchkeyError } from './errors.ts';
import { type Factors, parseFactors } from './factors.ts';
import { fieldsOf } from './response.ts';

/**
 * The account, its newest hundred live sessions, hundred API keys and thousand events, and its second factors, as
 * `GET /auth/user/export` has them.
 */
export type AccountExport = {
  account: User;
  sessions: Session[];
  keys: ApiKey[];
  factors?: Factors;
  events: AccountEvent[];
};

/**
 * All that a response says about a user. Fields that this version does not know are kept. An older service has no
 * events, no keys and no factors.
 */
export function parseExport(data: unknown): AccountExport {
  const fields = fieldsOf(data) ?? {};
  const { account, sessions, keys = [], factors, events = [] } = fields;
  if (!Array.isArray(events) || !Array.isArray(keys))
    throw new LatchkeyError('unexpected_response', 'The response is not an export.');
  return {
    ...fields,
    account: parseUser(account),
    sessions: parseSessions(sessions),
    keys: keys.map(parseKey),
    ...(factors !== undefined && { factors: parseFactors(factors) }),
    events: events.map(parseEvent),
  };
}
