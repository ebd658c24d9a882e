import { isTexts } from './shapes.ts';

/**
 * What the access token of a person says. A person has a session. Times are in epoch seconds. Every way to verify gives
 * the same fields. The claims that administrators have given to the user stand beside them, unchecked:
 * `claims['tenant']`, for instance.
 */
export type AccessTokenClaims = UserClaims & {
  /** The id of the session. Only people have one. */
  sid: string;
  /** The id of this token. */
  jti: string;
  /** The client that the token was issued to (RFC 9068, section 2.2). */
  client_id: string;
  iat: number;
  exp: number;
  admin: boolean;
  /** When the user last proved who it is. Zero where an older Latchkey does not tell. */
  auth_time: number;
  /** By how much: `aal1` for one factor, `aal2` for two (NIST SP 800-63B). */
  acr: string;
  /** By what (RFC 8176), such as `pwd`, `otp` and `mfa`. */
  amr: string[];
};

/** What an API key of a user says, or the access token that it was exchanged for. It is no person, and no administrator. */
export type UserKeyClaims = UserClaims & NoPerson & { key_id: string; admin: false };

/** What an access token of a client says, or an API key of one: `key_id` is there when a key is or was used. */
export type MachineClaims = NoPerson & {
  kind: 'machine';
  /** The id of the client. */
  sub: string;
  client_id: string;
  key_id?: string;
};

/** What a token says about its bearer. `kind` tells users from machines, and a `sid` tells people from API keys of users. */
export type CallerClaims = AccessTokenClaims | UserKeyClaims | MachineClaims;

type AnyClaims = {
  [name: string]: unknown;
  /** The scopes of the bearer, with spaces between them. Left out when there are none. */
  scope?: string;
};

type UserClaims = AnyClaims & {
  kind: 'user';
  /** The id of the user. */
  sub: string;
  /** Whether the user had proved to read the mails to the address of the account. */
  email_verified: boolean;
  /** The roles of the user when the token was issued (RFC 9068, section 2.2.3.1). */
  roles: string[];
  /** Counts the changes of `admin`, `roles` and the user's own claims. */
  rights_version: number;
};

/** An API key itself is no token, so it may have none of these. */
type NoPerson = AnyClaims & TokenFields & { sid?: undefined };

type TokenFields = { jti?: string; client_id?: string; iat?: number; exp?: number };

type Fields = Record<string, unknown>;

/** What says nothing about the bearer. */
const ABOUT_TOKEN: ReadonlySet<string> = new Set([
  'active',
  'token_type',
  'iss',
  'aud',
  'user_version',
  'client_version',
]);

/**
 * The claims in what Latchkey says of a token. `undefined` when one is missing or has the wrong type. An older Latchkey does
 * not say `kind`, and knows people only.
 */
export function parseClaims(value: Fields): CallerClaims | undefined {
  const { kind, sid } = value;
  if (sid !== undefined) return kind === 'machine' ? undefined : parsePerson(value);
  if (kind === 'user') return parseUserKey(value);
  return kind === 'machine' ? parseMachine(value) : undefined;
}

/** The claims in the payload of an access token, as `parseClaims`. Tells the kind by what only that kind has. */
export function parsePayload(payload: Fields): CallerClaims | undefined {
  return parseClaims({ ...payload, kind: kindOf(payload) });
}

function kindOf({ sid, client_version, key_id }: Fields): CallerClaims['kind'] | undefined {
  if (sid !== undefined) return 'user';
  if (typeof client_version === 'number') return 'machine';
  return client_version === undefined && key_id !== undefined ? 'user' : undefined;
}

/** An older Latchkey does not say how the user has authenticated. Such a person is let in, and is never recent. */
function parsePerson(value: Fields): AccessTokenClaims | undefined {
  const user = userIn(value);
  const { sid, jti, client_id, iat, exp, admin, auth_time = 0, acr = 'aal1', amr = [] } = value;
  if (
    user === undefined ||
    typeof sid !== 'string' ||
    typeof jti !== 'string' ||
    typeof client_id !== 'string' ||
    typeof iat !== 'number' ||
    typeof exp !== 'number' ||
    typeof admin !== 'boolean' ||
    typeof auth_time !== 'number' ||
    typeof acr !== 'string' ||
    !isTexts(amr)
  ) {
    return undefined;
  }
  return { ...user, sid, jti, client_id, iat, exp, admin, auth_time, acr, amr };
}

function parseUserKey(value: Fields): UserKeyClaims | undefined {
  const user = userIn(value);
  const token = tokenIn(value);
  const { key_id, admin = false } = value;
  if (user === undefined || token === undefined || typeof key_id !== 'string' || admin !== false) return undefined;
  return { ...user, ...token, key_id, admin };
}

function parseMachine(value: Fields): MachineClaims | undefined {
  const others = othersIn(value);
  const token = tokenIn(value);
  const { sub, client_id = sub, key_id } = value;
  if (others === undefined || token === undefined || typeof sub !== 'string' || client_id !== sub) return undefined;
  if (key_id !== undefined && typeof key_id !== 'string') return undefined;
  const client = { kind: 'machine' as const, sub, client_id };
  return { ...others, ...token, ...client, ...(key_id !== undefined && { key_id }) };
}

/**
 * The user. An older Latchkey does not say `email_verified`, `roles` and `rights_version`: it verifies no address, and gives
 * no roles.
 */
function userIn(value: Fields): UserClaims | undefined {
  const others = othersIn(value);
  const { sub, email_verified = false, roles = [], rights_version = 0 } = value;
  if (
    others === undefined ||
    typeof sub !== 'string' ||
    typeof email_verified !== 'boolean' ||
    !isTexts(roles) ||
    typeof rights_version !== 'number'
  ) {
    return undefined;
  }
  return { ...others, kind: 'user', sub, email_verified, roles, rights_version };
}

/** What is said about the token itself, where there is one. */
function tokenIn({ jti, client_id, iat, exp }: Fields): TokenFields | undefined {
  if (!isTextOrNone(jti) || !isTextOrNone(client_id) || !isNumberOrNone(iat) || !isNumberOrNone(exp)) return undefined;
  return {
    ...(jti !== undefined && { jti }),
    ...(client_id !== undefined && { client_id }),
    ...(iat !== undefined && { iat }),
    ...(exp !== undefined && { exp }),
  };
}

/** All that is said about the bearer, of which only the scope is checked. */
function othersIn(value: Fields): AnyClaims | undefined {
  const { scope } = value;
  if (!isTextOrNone(scope)) return undefined;
  const others = Object.fromEntries(Object.entries(value).filter(([name]) => !ABOUT_TOKEN.has(name)));
  return { ...others, ...(scope !== undefined && { scope }) };
}

const isTextOrNone = (value: unknown): value is string | undefined => value === undefined || typeof value === 'string';
const isNumberOrNone = (value: unknown): value is number | undefined =>
  value === undefined || typeof value === 'number';
