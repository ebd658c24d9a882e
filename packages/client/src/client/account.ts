import { LatchkeyError } from './errors.ts';
import { isTexts } from '../verify/shapes.ts';
import { type Fields, fieldsOf } from './response.ts';

/** The account, as `GET /auth/status` has it. */
export type User = {
  user_id: string;
  email: string;
  /** Whether the user has proved to read the mails to `email`. */
  email_verified: boolean;
  admin: boolean;
  /** What administrators let the user do. An access token has them too. */
  roles: string[];
  /** Further claims of the user's access tokens, which administrators have given. */
  claims: Record<string, unknown>;
  /** The language of the mails to the user, such as `de`; `null` when it is not known. */
  locale: string | null;
  registered_on: string;
};

/** From where and with what somebody came: the network of the address, the country, the browser or app. */
export type Device = { address_prefix: string | null; country: string | null; user_agent: string | null };

/** A live session. */
export type AnySession = Device & { id: string; started_on: string; last_used_on: string; expires_on: string };

/** A live session, as `GET /auth/sessions` has it: `current` is the one of the access token. */
export type Session = AnySession & { current: boolean };

/**
 * The account in a response. Fields that this version does not know are kept. An older service does not tell
 * `email_verified`, `locale`, `roles` and `claims`.
 */
export function parseUser(data: unknown): User {
  const {
    user_id: id,
    email,
    email_verified: isVerified,
    admin,
    roles = [],
    claims = {},
    locale,
    registered_on: on,
    ...others
  } = fieldsOf(data) ?? {};
  const own = fieldsOf(claims);
  if (!isText(id) || !isText(email) || typeof admin !== 'boolean' || !isTexts(roles) || !own || !isText(on)) {
    throw new LatchkeyError('unexpected_response', 'The response is not an account.');
  }
  const address = { email, email_verified: isVerified === true };
  const rights = { admin, roles, claims: own };
  return { user_id: id, ...address, ...rights, locale: textOrNull(locale), registered_on: on, ...others };
}

/** The sessions in a response. Fields that this version does not know are kept. */
export function parseSessions(data: unknown): Session[] {
  if (!Array.isArray(data)) throw notSessions();
  return data.map(parseSession);
}

function parseSession(entry: unknown): Session {
  const { current, ...session } = parseAnySession(entry);
  if (typeof current !== 'boolean') throw notSessions();
  return { ...session, current };
}

/** A session in a response, whoever asks for it. Fields that this version does not know are kept. */
export function parseAnySession(entry: unknown): AnySession & { current?: unknown } {
  const fields = fieldsOf(entry) ?? {};
  const { id, started_on: start, last_used_on: use, expires_on: end } = fields;
  if (!isText(id) || !isText(start) || !isText(use) || !isText(end)) throw notSessions();
  return { ...fields, id, started_on: start, last_used_on: use, expires_on: end, ...deviceIn(fields) };
}

/** From where and with what somebody came, as far as the service knows it. */
export function deviceIn(fields: Fields): Device {
  const [prefix, country, agent] = [fields['address_prefix'], fields['country'], fields['user_agent']].map(textOrNull);
  return { address_prefix: prefix ?? null, country: country ?? null, user_agent: agent ?? null };
}

/** Whether `value` is a text. */
export const isText = (value: unknown): value is string => typeof value === 'string';

/** `value` if it is a text. */
export const textOrNull = (value: unknown) => (isText(value) ? value : null);

const notSessions = () => new LatchkeyError('unexpected_response', 'The response is not a list of sessions.');
