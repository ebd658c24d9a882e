import type { Config } from '../../config/config.ts';
import { Refusal } from '../../errors.ts';
import type { ManagedUser } from '../../store/statements/admin/managed-user.ts';
import type { EventType } from '../event/event-types.ts';
import type { EventKind } from '../event/new-event.ts';
import { faultOfRights, isSame, sortRoles } from './rights.ts';

/** The fields of a user that an administrator changes. Those that are `undefined` stay as they are. */
export type UserFields = {
  email?: string | undefined;
  email_verified?: boolean | undefined;
  admin?: boolean | undefined;
  roles?: readonly string[] | undefined;
  claims?: Readonly<Record<string, unknown>> | undefined;
  disabled?: boolean | undefined;
  locale?: string | null | undefined;
};

/**
 * The user as `fields` make it at `at`, and each change. Another address or disabling counts up the version, and other
 * rights the version of the rights. Stores nothing. Refuses with `invalid_request` rights that are too large together.
 */
export function planChange(
  user: ManagedUser,
  fields: UserFields,
  at: Date,
  config: Config,
): { next: ManagedUser; changes: EventKind[]; removesAdmin: boolean } {
  const wanted = wantedUser(user, fields, at);
  const fault = faultOfRights(wanted, config);
  if (fault !== undefined && (fields.roles ?? fields.claims) !== undefined)
    throw new Refusal('invalid_request', {
      errors: [{ path: fields.claims === undefined ? 'roles' : 'claims', message: fault }],
    });
  const changes = changesBetween(user, wanted);
  const has = (...types: EventType[]) => changes.some(({ type }) => types.includes(type));
  const version = user.version + Number(has('email_changed', 'user_disabled'));
  const hasOtherRights = has('admin_granted', 'admin_revoked', 'roles_changed', 'claims_changed');
  const rightsVersion = user.rightsVersion + Number(hasOtherRights);
  return { next: { ...wanted, version, rightsVersion }, changes, removesAdmin: has('admin_revoked', 'user_disabled') };
}

function wantedUser(user: ManagedUser, fields: UserFields, at: Date): ManagedUser {
  const email = fields.email ?? user.email;
  const isVerified = fields.email_verified ?? (email === user.email && user.emailVerifiedAt !== null);
  const isDisabled = fields.disabled ?? user.disabledAt !== null;
  return {
    ...user,
    email,
    emailVerifiedAt: isVerified ? ((email === user.email ? user.emailVerifiedAt : null) ?? at) : null,
    admin: fields.admin ?? user.admin,
    roles: fields.roles === undefined ? user.roles : sortRoles(fields.roles),
    claims: fields.claims ?? user.claims,
    locale: fields.locale === undefined ? user.locale : fields.locale,
    disabledAt: isDisabled ? (user.disabledAt ?? at) : null,
    undeliverableAt: email === user.email ? user.undeliverableAt : null,
  };
}

/** No event holds the address or the claims. */
function changesBetween(from: ManagedUser, to: ManagedUser): EventKind[] {
  const isNewAddress = from.email !== to.email;
  const wasVerified = from.emailVerifiedAt !== null;
  const isVerified = to.emailVerifiedAt !== null;
  const added = to.roles.filter((role) => !from.roles.includes(role));
  const removed = from.roles.filter((role) => !to.roles.includes(role));
  const changes: (EventKind | false)[] = [
    isNewAddress && { type: 'email_changed' },
    isVerified && (isNewAddress || !wasVerified) && { type: 'email_verified' },
    !isVerified && wasVerified && !isNewAddress && { type: 'email_unverified' },
    from.admin !== to.admin && { type: to.admin ? 'admin_granted' : 'admin_revoked' },
    added.length + removed.length > 0 && { type: 'roles_changed', data: { added, removed } },
    !isSame(from.claims, to.claims) && { type: 'claims_changed' },
    from.locale !== to.locale && { type: 'locale_changed' },
    (from.disabledAt === null) !== (to.disabledAt === null) && {
      type: to.disabledAt === null ? 'user_enabled' : 'user_disabled',
    },
  ];
  return changes.filter((change) => change !== false);
}
