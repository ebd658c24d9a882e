import { LatchkeyError } from './errors.ts';
import { fieldsOf } from './response.ts';

/** The account, as `GET /auth/status` has it. */
export type User = {
  user_id: string;
  email: string;
  /** Whether the user has proved to read the mails to `email`. */
  email_verified: boolean;
  admin: boolean;
  /** The language of the mails to the user, such as `de`; `null` when it is not known. */
  locale: string | null;
  registered_on: string;
};

/** A live session, as `GET /auth/sessions` has it. */
export type Session = {
  id: string;
  started_on: string;
  last_used_on: string;
  expires_on: string;
  address_prefix: string | null;
  country: string | null;
  user_agent: string | null;
  current: boolean;
};

/** The account and its newest hundred live sessions, as `GET /auth/user/export` has them. */
export type AccountExport = { account: User; sessions: Session[] };

/**
 * The account in a response. Fields that this version does not know are kept. An older service does not tell
 * `email_verified` and `locale`.
 */
export function parseUser(data: unknown): User {
  const {
    user_id: id,
    email,
    email_verified: isVerified,
    admin,
    locale,
    registered_on: on,
    ...others
  } = fieldsOf(data) ?? {};
  if (!isText(id) || !isText(email) || typeof admin !== 'boolean' || !isText(on)) {
    throw new LatchkeyError('unexpected_response', 'The response is not an account.');
  }
  const address = { email, email_verified: isVerified === true };
  return { user_id: id, ...address, admin, locale: textOrNull(locale), registered_on: on, ...others };
}

/** All that a response says about a user. Fields that this version does not know are kept. */
export function parseExport(data: unknown): AccountExport {
  const fields = fieldsOf(data) ?? {};
  return { ...fields, account: parseUser(fields['account']), sessions: parseSessions(fields['sessions']) };
}

/** The sessions in a response. Fields that this version does not know are kept. */
export function parseSessions(data: unknown): Session[] {
  if (!Array.isArray(data)) throw notSessions();
  return data.map(parseSession);
}

function parseSession(entry: unknown): Session {
  const fields = fieldsOf(entry) ?? {};
  const { id, started_on: start, last_used_on: use, expires_on: end, current } = fields;
  if (!isText(id) || !isText(start) || !isText(use) || !isText(end) || typeof current !== 'boolean') {
    throw notSessions();
  }
  const [prefix, country, agent] = [fields['address_prefix'], fields['country'], fields['user_agent']].map(textOrNull);
  const known = { address_prefix: prefix ?? null, country: country ?? null, user_agent: agent ?? null };
  return { ...fields, id, started_on: start, last_used_on: use, expires_on: end, current, ...known };
}

const isText = (value: unknown): value is string => typeof value === 'string';

const textOrNull = (value: unknown) => (isText(value) ? value : null);

const notSessions = () => new LatchkeyError('unexpected_response', 'The response is not a list of sessions.');
