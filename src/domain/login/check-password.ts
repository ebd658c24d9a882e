import { type AttemptKeys, deriveAttemptKeys } from '../../crypto/attempt-keys.ts';
import { type HashingParameters, UnverifiableHashError, verifyPassword } from '../../crypto/password-hash.ts';
import { Refusal, type RefusalCode } from '../../errors.ts';
import type { RightAttempt } from '../../store/statements/login/settle-attempt.ts';
import type { User } from '../../store/tables/users.ts';
import { hashingParameters } from '../account/password.ts';
import type { Deps } from '../deps.ts';
import { addAfterResponse, type LateEventDeps } from '../event/late-event.ts';
import { newEvent } from '../event/new-event.ts';
import { takeRequest } from '../take-request.ts';
import { attemptAt } from './attempts.ts';

/** What a check of a password needs. */
export type PasswordCheckDeps = LateEventDeps &
  Pick<Deps, 'config' | 'now' | 'trace' | 'report' | 'identify' | 'limiter' | 'logins'>;

/** What a check refuses with: a password that is wrong, and a hash that cannot be verified. */
type Codes = { wrong: RefusalCode; unverifiable: RefusalCode };

/**
 * Checks the password of the account with the canonical address `email`, and counts that as an attempt from `network`.
 * Returns the account, and the attempt, which the next batch has to settle (`settleAttempt`). One round trip; when the
 * budget of the account is used up, one more comes first.
 *
 * Refuses with `codes.wrong` an unknown or disabled account, a wrong password, and an attempt during a wait. All of
 * them cost the same work (OWASP ASVS 5.0, 6.3.8); the event of a known account follows the response. Refuses with `too_many_requests` too.
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
    addAfterResponse(deps, newEvent(deps, 'login_delayed', { userId: user.id }));
    throw new Refusal(codes.wrong, { reason: 'too many attempts: has to wait' });
  }
  const reason = faultOf(user, matches);
  if (reason !== undefined) {
    addAfterResponse(deps, newEvent(deps, 'login_failed', { userId: user.id, data: { reason } }));
    throw new Refusal(codes.wrong, { reason: reasons[reason] });
  }
  return { user, attempt, counted };
}

/** For the log, why a password was refused that was compared. */
const reasons = { wrong_password: 'wrong password', disabled: 'disabled account' };

function faultOf({ disabledAt }: User, matches: boolean): keyof typeof reasons | undefined {
  if (!matches) return 'wrong_password';
  return disabledAt === null ? undefined : 'disabled';
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
