import { deriveAttemptKeys } from '../../crypto/attempt-keys.ts';
import { MissingPepperError, type Verdict, type Verification, verifyPassword } from '../../crypto/password-hash.ts';
import { Refusal, type RefusalCode } from '../../errors.ts';
import type { LoginFactors } from '../../store/statements/factor/factors-of-user.ts';
import type { RightAttempt } from '../../store/statements/login/settle-attempt.ts';
import type { User } from '../../store/tables/users.ts';
import { hashingParameters, legacyTerms } from '../account/password.ts';
import type { Deps } from '../deps.ts';
import { addAfterResponse, type LateEventDeps } from '../event/late-event.ts';
import { newEvent } from '../event/new-event.ts';
import { attemptAt } from './attempts.ts';
import { takeFromAccount } from './take-from-account.ts';

/** What a check of a password needs. */
export type PasswordCheckDeps = LateEventDeps &
  Pick<Deps, 'config' | 'now' | 'trace' | 'report' | 'identify' | 'limiter' | 'logins'>;

/** What a check refuses with: a password that is wrong, and a hash whose pepper the configuration does not have. */
type Codes = { wrong: RefusalCode; noPepper: RefusalCode };

/**
 * Checks the password of the account with the canonical address `email`, and counts that as an attempt from `network`.
 * Returns the account, what it has beside the password, the hash that `verifyPassword` has made if it has made one, and the
 * attempt, which the next batch has to settle (`settleAttempt`). One round trip; when the budget of the account is used up,
 * one more comes first.
 *
 * Refuses with `codes.wrong` an unknown or disabled account, a wrong password, a hash that cannot be verified or is no
 * longer accepted, and an attempt during a wait. All of them cost the same work (OWASP ASVS 5.0, 6.3.8), save that a hash
 * of another system costs its own work on top; the event of a known account follows the response. Refuses with
 * `too_many_requests` too.
 */
export async function checkPassword(
  deps: PasswordCheckDeps,
  { email, password }: { email: string; password: string },
  network: string,
  codes: Codes,
): Promise<{ user: User; factors: LoginFactors; newHash: string | undefined } & RightAttempt> {
  const { config } = deps;
  const keys = await deriveAttemptKeys(email, network, config.secretKey);
  await takeFromAccount(deps, keys);

  const attempt = attemptAt(deps.now(), keys);
  const { counted, found } = await deps.logins.begin(attempt, email);
  const user = found?.user;
  const { verdict, newHash } = await verify(deps, password, user?.passwordHash, attempt.at, codes);
  if (found === undefined || user === undefined) throw new Refusal(codes.wrong, { reason: 'no such account' });
  deps.identify(user.id);
  if (counted.length === 0) {
    deps.report({ event: 'login_delayed', user_id: user.id });
    addAfterResponse(deps, newEvent(deps, 'login_delayed', { userId: user.id }));
    throw new Refusal(codes.wrong, { reason: 'too many attempts: has to wait' });
  }
  const reason = faultOf(user, verdict);
  if (reason !== undefined) {
    addAfterResponse(deps, newEvent(deps, 'login_failed', { userId: user.id, data: { reason } }));
    throw new Refusal(codes.wrong, { reason: reasons[reason] });
  }
  return { ...found, newHash, attempt, counted };
}

/** For the log, why a password was refused that was compared. */
const reasons = {
  wrong_password: 'wrong password',
  disabled: 'disabled account',
  legacy_hash_expired: 'the password hash is of another system, and LEGACY_HASHES_UNTIL has passed',
  unverifiable_hash: 'nobody can verify the password hash',
};

function faultOf({ disabledAt }: User, verdict: Verdict): keyof typeof reasons | undefined {
  if (verdict === 'wrong') return 'wrong_password';
  if (verdict !== 'right') return verdict;
  return disabledAt === null ? undefined : 'disabled';
}

async function verify(
  { config }: Pick<Deps, 'config'>,
  password: string,
  stored: string | undefined,
  at: Date,
  { noPepper }: Codes,
): Promise<Verification> {
  try {
    return await verifyPassword(password, stored, hashingParameters(config), legacyTerms(config, at));
  } catch (cause) {
    if (!(cause instanceof MissingPepperError)) throw cause;
    throw new Refusal(noPepper, { reason: cause.message, cause });
  }
}
