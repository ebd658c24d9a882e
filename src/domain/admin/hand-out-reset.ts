import { signMailedToken } from '../../crypto/mailed-token.ts';
import { makeUuidV7 } from '../../crypto/uuid-v7.ts';
import { Refusal } from '../../errors.ts';
import type { ManagedUser } from '../../store/statements/admin/managed-user.ts';
import type { HandedReset } from '../../store/statements/admin/insert-handed-reset.ts';
import type { Deps } from '../deps.ts';
import { newEvent } from '../event/new-event.ts';
import { newAsk } from '../mail/ask.ts';
import type { DeliveryDeps } from '../mail/deliver.ts';
import { sendAfterResponse } from '../mail/notice.ts';
import { after } from '../time.ts';
import { type Admin, actorOf } from './authenticate-admin.ts';
import { getManagedUser } from './managed-user.ts';

/** How a way to choose a password reaches the user: by mail, or by the link that the operator hands over. */
export type Delivery = { link: string | undefined; expiresAt: Date };

/**
 * Makes a way for the user `id` to choose a new password once: by mail, or as a link for an operator to hand over. Two
 * round trips. Refuses with `unknown_user`, `user_disabled`, `mail_unavailable`, with `operator_required` an administrator
 * who asks for a link, and with `too_many_requests` when the address has had its mails.
 */
export async function handOutReset(
  deps: DeliveryDeps & Pick<Deps, 'trace' | 'managedUsers' | 'challenges' | 'linkTo' | 'afterResponse'>,
  admin: Admin,
  id: string,
  delivery: 'mail' | 'link',
): Promise<Delivery> {
  if (delivery === 'link' && !admin.isOperator) throw new Refusal('operator_required');
  const { user } = await getManagedUser(deps, id);
  if (user.disabledAt !== null) throw new Refusal('user_disabled');
  const event = newEvent(deps, 'password_reset_asked', { userId: id, actor: actorOf(admin), data: { delivery } });
  if (delivery === 'link') {
    const reset = newHandedReset(deps, id, deps.config.passwordResetTtlSeconds);
    if (!(await deps.managedUsers.addReset(reset, event))) throw new Refusal('change_conflict');
    return deliveryOf(deps, reset, user);
  }
  const ask = await newAsk(deps, { purpose: 'reset_password', email: user.email, locale: user.locale ?? undefined });
  const isAsked = await deps.challenges.askForUser({ ...ask, userId: id, userVersion: user.version }, event);
  if (!isAsked) return refuseUnasked(deps, user);
  sendAfterResponse(deps, ask);
  return { link: undefined, expiresAt: ask.expiresAt };
}

/** Why no mail was asked for: the user has changed meanwhile, or the address has had its mails. */
async function refuseUnasked(deps: Pick<Deps, 'managedUsers'>, { id, version }: ManagedUser): Promise<never> {
  const { user } = await getManagedUser(deps, id);
  if (user.version !== version || user.disabledAt !== null) throw new Refusal('change_conflict');
  throw new Refusal('too_many_requests', { reason: 'the address has had its mails' });
}

/** A reset of the user `userId` that is valid for `ttlSeconds`. */
export function newHandedReset({ now }: Pick<Deps, 'now'>, userId: string, ttlSeconds: number): HandedReset {
  const at = now();
  return { resetId: makeUuidV7(at), userId, at, expiresAt: after(at, ttlSeconds), isMailed: 0 };
}

/** The link of `reset`. Whoever has it can choose the password of the user. */
export async function deliveryOf(
  { config, linkTo }: Pick<Deps, 'config' | 'linkTo'>,
  { resetId, expiresAt }: HandedReset,
  { locale }: Pick<ManagedUser, 'locale'>,
): Promise<Delivery> {
  const token = await signMailedToken(resetId, 'reset_password', config.secretKey);
  return { link: linkTo('reset', { locale: locale ?? undefined, token }), expiresAt };
}
