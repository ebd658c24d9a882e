import type { Details } from './shapes.ts';
import { count } from './table.ts';

/** The second factors of a user, as the service counts them. */
export type Factors = NonNullable<Details['factors']>;

/** Whether there is anything to remove. */
export const isWithoutFactors = ({ totp, passkeys }: Factors) => !totp && passkeys === 0;

/** The second factors in words, and how many recovery codes are left. */
export function sayFactors(factors: Factors): string {
  if (isWithoutFactors(factors)) return 'none';
  const { totp, passkeys, recovery_codes: codes } = factors;
  const parts = [totp ? 'an authenticator app' : '', passkeys > 0 ? count(passkeys, 'passkey') : ''];
  return [...parts, `${count(codes, 'recovery code')} left`].filter((part) => part !== '').join(', ');
}
