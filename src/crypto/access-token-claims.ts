import { errors } from 'jose';

/**
 * What every access token says, times in epoch seconds. `client_id` is the client that it was issued to (RFC 9068,
 * section 2.2). `scope` has the scopes with spaces between them (section 2.2.3); without any, it is absent.
 */
type CommonClaims = { sub: string; jti: string; client_id: string; iat: number; scope?: string };

type Expiring = { exp: number };

/**
 * What an access token says of a user. `roles` are the user's (RFC 9068, section 2.2.3.1). `email_verified` tells whether
 * the user had proved the e-mail address (OpenID Connect Core, section 5.1). `user_version` and `rights_version` are the
 * versions of the user and of the user's rights.
 */
type UserClaims = CommonClaims & {
  admin: boolean;
  roles: readonly string[];
  email_verified: boolean;
  user_version: number;
  rights_version: number;
};

/** The claims that the application gave the user. None has a name of ours. */
type FurtherClaims = Readonly<Record<string, unknown>>;

/**
 * How and when the user of a session last authenticated: `auth_time` in epoch seconds, `acr`, the assurance level of NIST
 * SP 800-63B that this reached, and `amr`, the methods (OpenID Connect Core, section 2; RFC 8176; RFC 9470, section 6).
 */
export type Authentication = { auth_time: number; acr: Acr; amr: readonly string[] };

/** One factor, or two of different kinds. */
export type Acr = 'aal1' | 'aal2';

/** The claims of a person's access token. `sid` is the id of the session, as in OpenID Connect. */
export type AccessTokenClaims = UserClaims & Authentication & Expiring & { sid: string } & FurtherClaims;

/** What the API key `key_id` of a user says. It is no administrator's, and may never expire. */
export type UserKeyClaims = UserClaims & Partial<Expiring> & { key_id: string } & FurtherClaims;

/**
 * What an access token or an API key of a client says: `sub` is the client too (RFC 9068, section 2.2). `client_version` is
 * the version of the client. `key_id` is the API key, also if it was exchanged for the access token.
 */
export type MachineClaims = CommonClaims & Partial<Expiring> & { client_version: number; key_id?: string };

/** The claims of any access token of ours. */
export type AnyClaims = AccessTokenClaims | (UserKeyClaims & Expiring) | (MachineClaims & Expiring);

/** Whether the access token is of a person: it has a session. */
export const isOfSession = (claims: AnyClaims): claims is AccessTokenClaims => 'sid' in claims;

/** Whether the access token is of a client, and not of a user. */
export const isOfMachine = (claims: AnyClaims): claims is MachineClaims & Expiring =>
  !isOfSession(claims) && 'client_version' in claims;

/** Our claims in the `payload` of a token whose signature and parties are right. Throws jose's `JWTInvalid`. */
export function claimsOf(payload: Record<string, unknown>): AnyClaims {
  const { iss: _iss, aud: _aud, nbf: _nbf, ...claims } = payload;
  if (!isCommon(claims)) throw refuse();
  if (!('sid' in claims) && 'client_version' in claims) return Object.freeze(machineClaimsOf(claims));
  // A token that was signed before these claims existed has the least of them.
  return Object.freeze(userClaimsOf({ roles: [], email_verified: false, rights_version: 0, ...claims }));
}

type Common = CommonClaims & Expiring & Record<string, unknown>;

function machineClaimsOf(claims: Common): MachineClaims & Expiring {
  const { client_version, key_id, sub } = claims;
  if (typeof client_version !== 'number' || claims.client_id !== sub) throw refuse();
  if (key_id !== undefined && typeof key_id !== 'string') throw refuse();
  return { ...claims, client_version, ...(key_id !== undefined && { key_id }) };
}

function userClaimsOf(claims: Common): AccessTokenClaims | (UserKeyClaims & Expiring) {
  const { sid, key_id, admin, roles, email_verified, user_version, rights_version } = claims;
  if (
    typeof admin !== 'boolean' ||
    !isTextList(roles) ||
    typeof email_verified !== 'boolean' ||
    typeof user_version !== 'number' ||
    typeof rights_version !== 'number'
  )
    throw refuse();
  const user = { ...claims, admin, roles, email_verified, user_version, rights_version };
  if (typeof sid === 'string') return { ...user, ...authenticationOf(claims), sid };
  if (typeof key_id !== 'string' || sid !== undefined || admin) throw refuse();
  return { ...user, key_id };
}

/** A token that was signed before these claims existed says that nobody has authenticated lately. */
function authenticationOf({ auth_time = 0, acr = 'aal1', amr = [] }: Record<string, unknown>): Authentication {
  if (typeof auth_time !== 'number' || (acr !== 'aal1' && acr !== 'aal2') || !isTextList(amr)) throw refuse();
  return { auth_time, acr, amr };
}

function isCommon(claims: Record<string, unknown>): claims is Common {
  const { sub, jti, client_id, iat, exp, scope } = claims;
  return (
    [sub, jti, client_id].every((text) => typeof text === 'string') &&
    [iat, exp].every((time) => typeof time === 'number') &&
    (scope === undefined || typeof scope === 'string')
  );
}

const isTextList = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'string');

const refuse = () => new errors.JWTInvalid('a claim has the wrong type');
