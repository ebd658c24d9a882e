import type { Config } from '../../config/config.ts';
import type { User } from '../../store/tables/users.ts';

/** Whether `SECOND_FACTOR` wants a second factor of such a user at every login. */
export function needsSecondFactor(
  { secondFactor }: Pick<Config, 'secondFactor'>,
  { admin }: Pick<User, 'admin'>,
): boolean {
  return secondFactor === 'required' || (secondFactor === 'admins' && admin);
}
