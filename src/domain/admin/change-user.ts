import { Refusal } from '../../errors.ts';
import type { FoundUser } from '../../store/managed-users.ts';
import type { ManagedUser } from '../../store/statements/admin/managed-user.ts';
import type { Deps } from '../deps.ts';
import { newEvents } from '../event/new-event.ts';
import { denylistRights, denylistUser } from '../denylist.ts';
import { allDone, type RevocationDeps } from '../revocation.ts';
import { type Admin, actorOf } from './authenticate-admin.ts';
import { getManagedUser, permitOf, permitRemoval } from './managed-user.ts';
import { planChange, type UserFields } from './plan-change.ts';

/** How often a change is begun anew because somebody else has changed the user meanwhile. */
const MAX_TRIES = 3;

/** `tags` are those of the user that the caller has read, if the caller says. */
type Terms = { tags: string[] | undefined; mayBeLast: boolean };

/**
 * Changes the given `fields` of the user `id`, and nothing else. Other rights make older access tokens stale, and disabling
 * ends all sessions, both in database and KV. Two round trips, and an entry in KV for either.
 *
 * Refuses with `unknown_user`, `address_taken`, `precondition_failed`, as `permitRemoval` does, with `invalid_request` for
 * rights that are too large, and with `change_conflict`. Rejects with `StorageFailure` unless database and KV have
 * recorded the change; asking again completes it.
 */
export async function changeUser(
  deps: RevocationDeps & Pick<Deps, 'trace' | 'managedUsers'>,
  admin: Admin,
  id: string,
  fields: UserFields,
  terms: Terms,
): Promise<{ user: ManagedUser; isChanged: boolean; sessionsRevoked: number }> {
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const found = await getManagedUser(deps, id);
    const outcome = await tryChange(deps, admin, found, { fields, ...terms });
    if (outcome !== undefined) return outcome;
  }
  throw new Refusal('change_conflict');
}

/** Changes with whatever an administrator can change, and with what the user can. */
export const tagOf = ({ version, rightsVersion, emailVerifiedAt, disabledAt, locale }: ManagedUser): string =>
  [version, rightsVersion, emailVerifiedAt?.getTime() ?? '', disabledAt?.getTime() ?? '', locale ?? ''].join('-');

/** `undefined` when somebody else has changed the user meanwhile. */
async function tryChange(
  deps: RevocationDeps & Pick<Deps, 'trace' | 'managedUsers'>,
  admin: Admin,
  found: FoundUser,
  { fields, tags, mayBeLast }: Terms & { fields: UserFields },
) {
  const { user } = found;
  const at = deps.now();
  const { next, changes, removesAdmin } = planChange(user, fields, at, deps.config);
  // RFC 9110, section 13.1.1: a change that is made already succeeds, whatever the tag.
  const isOther = tags !== undefined && !tags.includes(tagOf(user));
  if (isOther && changes.length > 0) throw new Refusal('precondition_failed');
  const permit = removesAdmin ? permitRemoval(admin, found, mayBeLast) : permitOf(admin);
  if (changes.length === 0) {
    await spread(deps, user, fields);
    return { user, isChanged: false, sessionsRevoked: 0 };
  }
  const change = {
    at,
    newEmail: next.email,
    newEmailVerifiedAt: next.emailVerifiedAt,
    newAdmin: Number(next.admin),
    newRoles: JSON.stringify(next.roles),
    newClaims: JSON.stringify(next.claims),
    newLocale: next.locale,
    newDisabledAt: next.disabledAt,
    versions: next.version - user.version,
    rightsVersions: next.rightsVersion - user.rightsVersion,
  };
  const events = newEvents(deps, changes, { userId: user.id, actor: actorOf(admin) });
  const isNewAddress = next.email !== user.email;
  const changed = await deps.managedUsers.change(user, permit, change, { events, isNewAddress });
  if (changed === undefined) return refuseUnlessOvertaken(deps, user, { isNewAddress, permit, admin, mayBeLast });
  await spread(deps, next, fields);
  return { user: next, isChanged: true, sessionsRevoked: changed.sessionsRevoked };
}

/** Writes what KV has to know, also when nothing has changed: a former attempt may have failed after the database. */
async function spread(deps: RevocationDeps, user: ManagedUser, fields: UserFields): Promise<void> {
  const { id, version, rightsVersion } = user;
  const hasRights = fields.admin !== undefined || fields.roles !== undefined || fields.claims !== undefined;
  const writes = [
    ...(hasRights && rightsVersion > 0 ? [denylistRights(deps, { id, rightsVersion })] : []),
    ...(fields.disabled !== undefined && version > 0 ? [denylistUser(deps, { id, version })] : []),
  ];
  await allDone(writes);
}

/** Why a change had no effect. Returns `undefined` when the user was changed meanwhile: the change can be tried again. */
async function refuseUnlessOvertaken(
  deps: Pick<Deps, 'managedUsers'>,
  read: ManagedUser,
  {
    isNewAddress,
    permit,
    admin,
    mayBeLast,
  }: {
    isNewAddress: boolean;
    permit: { needsOther: number };
    admin: Admin;
    mayBeLast: boolean;
  },
): Promise<undefined> {
  const found = await getManagedUser(deps, read.id);
  if (tagOf(found.user) !== tagOf(read)) return undefined;
  if (permit.needsOther === 1) permitRemoval(admin, found, mayBeLast);
  if (!admin.isOperator) {
    const own = await deps.managedUsers.find(admin.userId);
    if (own === undefined || !own.user.admin || own.user.disabledAt !== null) throw new Refusal('admin_required');
  }
  if (isNewAddress) throw new Refusal('address_taken');
  return undefined;
}
