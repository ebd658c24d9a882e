import { codesKeyOf, deriveAccountKey } from '../../crypto/attempt-keys.ts';
import { canVerify } from '../../crypto/password-hash.ts';
import { schemeOf } from '../../crypto/password-scheme.ts';
import type { LoginFactors } from '../../store/statements/factor/factors-of-user.ts';
import type { ManagedUser } from '../../store/statements/admin/managed-user.ts';
import type { Deps } from '../deps.ts';
import { hashingParameters, legacyTerms } from '../account/password.ts';
import { getManagedUser } from './managed-user.ts';

/** What an administrator sees who asks why somebody cannot log in. */
export type UserDetails = {
  user: ManagedUser;
  passwordScheme: string;
  /** Whether a password could log in. */
  isPasswordUsable: boolean;
  lastLoginAt: Date | null;
  lastFailedAt: Date | null;
  liveSessions: number;
  factors: LoginFactors;
  /** `account`: at all networks that the account does not know. `network`: at one network. */
  waits: { until: Date; by: 'account' | 'network' }[];
};

/** The user `id` with all that tells why a login may fail. Two round trips. Refuses with `unknown_user`. */
export async function showUser(deps: Pick<Deps, 'config' | 'now' | 'managedUsers'>, id: string): Promise<UserDetails> {
  const { config, managedUsers } = deps;
  const { user, passwordHash } = await getManagedUser(deps, id);
  const accountKey = await deriveAccountKey(user.email, config.secretKey);
  const keys = new Set([accountKey, codesKeyOf(accountKey)]);
  const terms = { at: deps.now(), absoluteTtlSeconds: config.refreshAbsoluteTtlSeconds };
  const { waits, ...state } = await managedUsers.findLoginState(id, accountKey, terms);
  return {
    user,
    passwordScheme: schemeOf(passwordHash),
    isPasswordUsable: await canVerify(passwordHash, hashingParameters(config), legacyTerms(config, terms.at)),
    ...state,
    waits: waits.map(({ key, retryAt }) => ({ until: retryAt, by: keys.has(key) ? 'account' : 'network' })),
  };
}
