import { type AttemptKeys, deriveAttemptKeys } from '../../crypto/attempt-keys.ts';
import { type HashingParameters, UnverifiableHashError, verifyPassword } from '../../crypto/password-hash.ts';
import { Refusal, type RefusalCode } from '../../errors.ts';
import type { RightAttempt } from '../../store/statements/login/settle-attempt.ts';
import type { User } from '../../store/tables/users.ts';
import { hashingParameters } from '../account/password.ts';
import type { Deps } from '../deps.ts';
import { takeRequest } from '../take-request.ts';
import { attemptAt } from './attempts.ts';

/** What a check of a password needs. */
export type PasswordCheckDeps = Pick<Deps, 'config' | 'now' | 'note' | 'report' | 'identify' | 'limiter' | 'logins'>;

/** What a check refuses with: a password that is wrong, and a hash that cannot be verified. */
type Codes = { wrong: RefusalCode; unverifiable: RefusalCode };

/**
 * Checks the password of the account with the canonical address `email`, and counts that as an attempt from `network`.
 * Returns the account, and the attempt, which the next batch has to settle (`settleAttempt`). One round trip; when the
 * budget of the account is used up, one more comes first.
 *
 * Refuses with `codes.wrong` an unknown or disabled account, a wrong password, and an attempt during a wait. All of
 * them cost the same work (OWASP ASVS 5.0, 6.3.8). Refuses with `too_many_requests` too.
 */
export async function checkPassword(
  deps: PasswordCheckDeps,
  { email, password }: { email: string; password: string },
  network: string,
  codes: Codes,
): Promise<{ user: User } & RightAttempt> {
  const { config } = deps;
  const keys = await deriveAttemptKeys(email, network, config.secretKey);
  await takeFromAccount(deps, keys);

  const attempt = attemptAt(deps.now(), keys);
  const { counted, user } = await deps.logins.begin(attempt, email);
  const matches = await verify(password, user?.passwordHash, hashingParameters(config), codes);
  if (user === undefined) throw new Refusal(codes.wrong, { reason: 'no such account' });
  deps.identify(user.id);
  if (counted.length === 0) {
    deps.report({ event: 'login_delayed', user_id: user.id });
    throw new Refusal(codes.wrong, { reason: 'too many attempts: has to wait' });
  }
  if (!matches) throw new Refusal(codes.wrong, { reason: 'wrong password' });
  if (user.disabledAt !== null) throw new Refusal(codes.wrong, { reason: 'disabled account' });
  return { user, attempt, counted };
}

/**
 * Takes an attempt from the budget of the account. Refuses with `too_many_requests` when it is used up, unless the
 * account knows the network: strangers cannot lock the owner out there.
 */
async function takeFromAccount(deps: Omit<PasswordCheckDeps, 'report'>, keys: AttemptKeys): Promise<void> {
  try {
    await takeRequest(deps, 'account', keys.account);
  } catch (error) {
    const isUsedUp = error instanceof Refusal && error.code === 'too_many_requests';
    if (!isUsedUp || !(await deps.logins.isKnown(keys.pair, deps.now()))) throw error;
  }
}

async function verify(
  password: string,
  stored: string | undefined,
  parameters: HashingParameters,
  { unverifiable }: Codes,
): Promise<boolean> {
  try {
    return await verifyPassword(password, stored, parameters);
  } catch (cause) {
    if (!(cause instanceof UnverifiableHashError)) throw cause;
    throw new Refusal(unverifiable, { reason: cause.message, cause });
  }
}
