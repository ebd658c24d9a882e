import { schemeOf } from '../../crypto/password-scheme.ts';
import { Refusal } from '../../errors.ts';
import type { User } from '../../store/tables/users.ts';
import type { Deps } from '../deps.ts';
import { newEvent } from '../event/new-event.ts';
import { type Admin, actorOf } from './authenticate-admin.ts';

/** A user as an import takes it. */
export type ExportedUser = Omit<User, 'passwordHash'> & { passwordHash: string | null };

/**
 * The users after the cursor `after` with their password hashes, in the order of their ids. One round trip. Refuses with
 * `operator_required`: a stolen session of an administrator gives out no hashes. Returns the cursor of the next call;
 * `undefined` when no user is left.
 */
export async function exportUsers(
  deps: Pick<Deps, 'now' | 'trace' | 'transfers'>,
  admin: Admin,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<{ users: ExportedUser[]; next: string | undefined }> {
  if (!admin.isOperator) throw new Refusal('operator_required');
  const event = newEvent(deps, 'users_exported', { actor: actorOf(admin) });
  const users = await deps.transfers.export({ after: after ?? '', limit }, event);
  return {
    users: users.map((user) => ({
      ...user,
      passwordHash: schemeOf(user.passwordHash) === 'none' ? null : user.passwordHash,
    })),
    next: users.length < limit ? undefined : users.at(-1)?.id,
  };
}
