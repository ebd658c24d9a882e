import { hashPassword } from '../../crypto/password-hash.ts';
import { UNUSABLE_HASH } from '../../crypto/password-scheme.ts';
import { makeUuidV7 } from '../../crypto/uuid-v7.ts';
import { Refusal } from '../../errors.ts';
import type { Invitation } from '../../store/managed-users.ts';
import type { ManagedUser } from '../../store/statements/admin/managed-user.ts';
import { acceptNewPassword } from '../account/new-password.ts';
import { hashingParameters } from '../account/password.ts';
import type { Deps } from '../deps.ts';
import { newEvent } from '../event/new-event.ts';
import type { DeliveryDeps } from '../mail/deliver.ts';
import { sendAfterResponse } from '../mail/notice.ts';
import { type Admin, actorOf } from './authenticate-admin.ts';
import { type Delivery, deliveryOf, newHandedReset } from './hand-out-reset.ts';
import { faultOfRights, sortRoles } from './rights.ts';

/** A user whom an administrator makes. Without a password, the user chooses one by an invitation. */
export type UserDraft = {
  email: string;
  password: string | undefined;
  isVerified: boolean;
  admin: boolean;
  roles: readonly string[];
  claims: Readonly<Record<string, unknown>>;
  locale: string | undefined;
};

/**
 * Makes an account, and an invitation if it has no password: mailed, or a link for an operator to hand over where there is
 * no mail. One round trip. Refuses with `address_taken`, `mail_unavailable`, and with `invalid_request` or
 * `breach_check_unavailable` as `acceptNewPassword` and `faultOfRights` say.
 */
export async function createUser(
  deps: DeliveryDeps & Pick<Deps, 'note' | 'trace' | 'managedUsers' | 'breachedPasswords' | 'linkTo' | 'afterResponse'>,
  admin: Admin,
  { email, password, isVerified, ...draft }: UserDraft,
): Promise<{ user: ManagedUser; invitation: Delivery | undefined }> {
  const { config } = deps;
  const rights = { roles: sortRoles(draft.roles), claims: draft.claims };
  const fault = faultOfRights(rights, config);
  if (fault !== undefined) throw new Refusal('invalid_request', { errors: [{ path: 'claims', message: fault }] });
  if (password === undefined && config.mail === undefined && !admin.isOperator) throw new Refusal('mail_unavailable');
  if (password !== undefined) await acceptNewPassword(deps, { password, email }, 'password');
  const passwordHash = password === undefined ? UNUSABLE_HASH : await hashPassword(password, hashingParameters(config));

  const registeredAt = deps.now();
  const user: ManagedUser = {
    id: crypto.randomUUID(),
    email,
    admin: draft.admin,
    version: 0,
    registeredAt,
    emailVerifiedAt: isVerified ? registeredAt : null,
    undeliverableAt: null,
    locale: draft.locale ?? null,
    disabledAt: null,
    ...rights,
    rightsVersion: 0,
    hasFactor: false,
  };
  const { hasFactor: _, ...row } = user;
  const stored = {
    ...row,
    passwordHash,
    admin: Number(user.admin),
    roles: JSON.stringify(user.roles),
    claims: JSON.stringify(user.claims),
  };
  const event = newEvent(deps, 'user_created', { userId: user.id, actor: actorOf(admin) });
  const invitation = password === undefined ? newInvitation(deps, user.id) : undefined;
  if (!(await deps.managedUsers.create(stored, event, invitation))) throw new Refusal('address_taken');
  sendAfterResponse(deps, invitation?.mail);
  return { user, invitation: invitation && (await deliver(deps, invitation, user)) };
}

function newInvitation(deps: Pick<Deps, 'config' | 'now'>, userId: string): Invitation {
  const reset = newHandedReset(deps, userId, deps.config.verificationTtlSeconds);
  const mail = deps.config.mail && { mailId: makeUuidV7(reset.at), message: 'invitation' as const };
  return { ...reset, isMailed: Number(mail !== undefined), mail };
}

async function deliver(deps: Pick<Deps, 'config' | 'linkTo'>, invitation: Invitation, user: ManagedUser) {
  if (invitation.mail !== undefined) return { link: undefined, expiresAt: invitation.expiresAt };
  return deliveryOf(deps, invitation, user);
}
