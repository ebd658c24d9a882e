import { Refusal } from '../../errors.ts';
import type { RightAttempt } from '../../store/statements/settle-attempt.ts';
import { checkPassword, type PasswordCheckDeps } from '../login/check-password.ts';
import type { Caller } from '../session/authenticate.ts';

/**
 * Checks the current password of a caller, as the attempt to log in that it could be: a stolen access token gives no
 * more guesses than the login. Returns the attempt, which the batch of what it allows has to settle. That batch must
 * compare the version of the caller too, because the account may have changed since the caller was let in.
 *
 * Refuses as `checkPassword` does, with `wrong_password` (OWASP ASVS 5.0, 6.2.3).
 */
export async function checkOwnPassword(
  deps: PasswordCheckDeps,
  { user: { id, email } }: Caller,
  password: string,
  network: string,
): Promise<RightAttempt> {
  const codes = { wrong: 'wrong_password', unverifiable: 'internal_error' } as const;
  const { user, ...right } = await checkPassword(deps, { email, password }, network, codes);
  // Another address ends all sessions.
  if (user.id !== id) throw new Refusal('revoked_token', { reason: 'the address has gone to another account' });
  return right;
}
