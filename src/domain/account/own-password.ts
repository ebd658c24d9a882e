import { Refusal } from '../../errors.ts';
import type { RightAttempt } from '../../store/statements/login/settle-attempt.ts';
import { checkPassword, type PasswordCheckDeps } from '../login/check-password.ts';
import { type AuthenticationDeps, type Caller, findRevoker } from '../session/authenticate.ts';

/**
 * Checks the current password of a caller. It counts as an attempt to log in, so a stolen access token gives no extra
 * guesses. Returns the attempt, which the next batch has to settle. That batch must also compare the version of the
 * caller, because the account may have changed since the caller was let in.
 *
 * Refuses as `checkPassword` does, with `wrong_password` (OWASP ASVS 5.0, 6.2.3).
 */
export async function checkOwnPassword(
  deps: PasswordCheckDeps,
  { user: { id, email } }: { user: Pick<Caller['user'], 'id' | 'email'> },
  password: string,
  network: string,
): Promise<RightAttempt> {
  const codes = { wrong: 'wrong_password', noPepper: 'internal_error' } as const;
  const {
    user,
    newHash: _,
    factors: _factors,
    ...right
  } = await checkPassword(deps, { email, password }, network, codes);
  // The account has another address by now, and somebody has registered the former one.
  if (user.id !== id) throw new Refusal('revoked_token', { reason: 'the address has gone to another account' });
  return right;
}

/**
 * Refuses a request whose batch had no effect, because the account has changed since the caller was let in. Refuses as
 * `authenticate` does if the caller would not be let in now. Otherwise refuses with `storage_unavailable`: the request
 * can be repeated. Whoever has ended the session of the caller records that in KV.
 */
export async function refuseOvertaken(deps: AuthenticationDeps, { claims }: Caller): Promise<never> {
  const { isRevoked, isDenylisted } = await findRevoker(deps, claims, deps.now());
  if (isRevoked || isDenylisted)
    throw new Refusal('revoked_token', { reason: 'ended while the request was under way' });
  throw new Refusal('storage_unavailable', { reason: 'the account changed at the same time' });
}
