import type { Config } from '../../config/config.ts';
import { ROLE } from '../../crypto/bounds.ts';

/** Roles and claims of a user. Both go into the access token. */
export type Rights = { roles: readonly string[]; claims: Readonly<Record<string, unknown>> };

const MAX_ROLES = 32;

const MAX_CLAIMS_BYTES = 1024;
const CLAIM_NAME = /^[\x21-\x7e]{1,128}$/;

/**
 * With these, with the names of the service, every method of authentication and versions of six digits, the largest access
 * token has fewer than 4,096 characters.
 */
const MAX_BYTES = 2060;

/**
 * Claims that the application cannot set: those of RFC 7519, RFC 9068 and ours, and what introspection responds beside
 * them (RFC 7662). In any case, because some who read claims do not tell `Roles` from `roles`.
 */
const RESERVED = new Set(
  [
    'iss sub aud exp nbf iat jti',
    'auth_time acr amr client_id scope groups roles entitlements',
    'sid admin email email_verified user_id user_version rights_version',
    'kind key_id client_version',
    'active username token_type azp act may_act cnf nonce at_hash typ events',
    '__proto__ constructor prototype tojson then',
  ].flatMap((names) => names.split(' ')),
);

/** What is wrong with `roles`; `undefined` when nothing is. */
export function faultOfRoles(roles: readonly string[]): string | undefined {
  if (roles.length > MAX_ROLES) return `Must have at most ${MAX_ROLES} roles.`;
  if (roles.every((role) => ROLE.test(role))) return undefined;
  return 'Must be of small letters, digits, colon, underscore and hyphen, at most 64 of them.';
}

/** What is wrong with `claims`; `undefined` when nothing is. */
export function faultOfClaims(claims: Rights['claims']): string | undefined {
  if (bytesOf(claims) > MAX_CLAIMS_BYTES) return `Must take at most ${MAX_CLAIMS_BYTES} bytes as JSON.`;
  if (!isFaithful(claims)) return 'Must not have a number that JavaScript cannot hold exactly, or a lone surrogate.';
  const names = Object.keys(claims);
  if (names.some((name) => RESERVED.has(name.toLowerCase())))
    return 'Must not have a claim that Latchkey or a standard defines.';
  if (names.every((name) => CLAIM_NAME.test(name))) return undefined;
  return 'Must have names of 1 to 128 printable characters without spaces.';
}

/** Whether the token says of `value` what was sent: no number was rounded, and every text is Unicode. */
function isFaithful(value: unknown): boolean {
  if (typeof value === 'number')
    return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([name, entry]) => name.isWellFormed() && isFaithful(entry));
}

/**
 * What is wrong with roles and claims together; `undefined` when nothing is. A long `ISSUER` leaves them less, and so do
 * long audiences and many scopes of users.
 */
export function faultOfRights({ roles, claims }: Rights, config: Config): string | undefined {
  const audienceLength = Math.max(...[config.audience, ...config.resources].map(({ length }) => length));
  const scopesLength = config.userScopes.map(({ scope }) => scope).join(' ').length;
  const limit = MAX_BYTES - config.issuer.length - audienceLength - scopesLength;
  if (bytesOf(roles) + bytesOf(claims) <= limit) return undefined;
  return `Roles and claims must take at most ${limit} bytes together as JSON.`;
}

/** Sorted, and each once. */
export const sortRoles = (roles: readonly string[]): string[] => [...new Set(roles)].toSorted();

/** Whether two values are written alike as JSON. */
export const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

const bytesOf = (value: unknown): number => new TextEncoder().encode(JSON.stringify(value)).byteLength;
