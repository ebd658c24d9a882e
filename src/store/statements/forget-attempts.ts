import { inArray } from 'drizzle-orm';
import { build } from '../build.ts';
import { loginAttempts } from '../tables/login-attempts.ts';
import type { Attempt } from './count-attempt.ts';

/**
 * Deletes the attempts of account and network together, and those of the account if the login counted for it. At a
 * known network it did not: the attempts of strangers go on counting, and do not delay the owner there.
 */
export function forgetAttempts({ pair, account }: Pick<Attempt, 'pair' | 'account'>, counted: string[]) {
  const keys = [pair.key, ...(counted.includes(account.key) ? [account.key] : [])];
  return build.delete(loginAttempts).where(inArray(loginAttempts.key, keys));
}
