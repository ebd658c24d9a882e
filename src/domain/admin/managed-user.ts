import { Refusal } from '../../errors.ts';
import type { FoundUser } from '../../store/managed-users.ts';
import type { ManagedUser, Permit } from '../../store/statements/admin/managed-user.ts';
import type { Deps } from '../deps.ts';
import type { Admin } from './authenticate-admin.ts';

const ID_LENGTH = 36;

/** Whether `id` can be the id of a user, which is a UUID. Any other one costs no query. */
export const isUserId = (id: string): boolean => id.length === ID_LENGTH;

/** The user `id`. One round trip. Refuses with `unknown_user`. */
export async function getManagedUser({ managedUsers }: Pick<Deps, 'managedUsers'>, id: string): Promise<FoundUser> {
  const found = isUserId(id) ? await managedUsers.find(id) : undefined;
  if (found === undefined) throw new Refusal('unknown_user');
  return found;
}

/**
 * What lets `admin` take `user` out of the administrators. Refuses with `own_account` what somebody would do to oneself, and
 * with `last_admin` when nobody else is left, unless an operator says so by `mayBeLast`.
 */
export function permitRemoval(
  admin: Admin,
  {
    user,
    hasOtherAdmin,
  }: Pick<FoundUser, 'hasOtherAdmin'> & { user: Pick<ManagedUser, 'id' | 'admin' | 'disabledAt'> },
  mayBeLast: boolean,
): Permit {
  if (!admin.isOperator && admin.userId === user.id) throw new Refusal('own_account');
  const needsOther = user.admin && user.disabledAt === null && !(admin.isOperator && mayBeLast);
  if (needsOther && !hasOtherAdmin) throw new Refusal('last_admin');
  return { ...permitOf(admin), needsOther: needsOther ? 1 : 0 };
}

/** What lets `admin` do what removes no administrator. */
export const permitOf = (admin: Admin): Permit => ({ adminId: admin.isOperator ? null : admin.userId, needsOther: 0 });
