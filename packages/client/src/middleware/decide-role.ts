import { isRecord, isTexts } from '../verify/shapes.ts';
import { insufficient, refuse, type Refusal } from './decide.ts';

/** What a user needs to get on: one of the roles. The types do not allow an empty list, which nobody could have. */
export type Roles = [string, ...string[]];

/** Throws `TypeError` unless `roles` are texts that are not empty, at least one, whatever their types say. */
export function checkRoles(roles: Roles): void {
  if (isTexts(roles) && roles.length > 0 && !roles.includes('')) return;
  throw new TypeError("Name at least one role, as in requireRole('editor').");
}

/**
 * The response to a `user` who has none of `roles` (RFC 6750, section 3.1); `undefined` lets the user on. Throws
 * `TypeError` when no `requireUser` has let the user in, which is a bug of the app.
 */
export function decideRole(user: unknown, roles: Roles): Refusal | undefined {
  const held = isRecord(user) ? user['roles'] : undefined;
  if (!isTexts(held)) throw new TypeError('requireRole needs requireUser in front of it.');
  return roles.some((role) => held.includes(role)) ? undefined : lacking;
}

const lacking = refuse(insufficient('The user does not have the role that this needs.'));
