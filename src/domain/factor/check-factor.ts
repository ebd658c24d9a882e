import type { AttemptKeys } from '../../crypto/attempt-keys.ts';
import { parseRecoveryCode, recoveryCodeMac } from '../../crypto/recovery-code.ts';
import { openSecret } from '../../crypto/sealed-secret.ts';
import { matchTotp } from '../../crypto/totp.ts';
import { Refusal } from '../../errors.ts';
import type { FactorUse } from '../../store/logins.ts';
import type { RightAttempt } from '../../store/statements/login/settle-attempt.ts';
import type { User } from '../../store/tables/users.ts';
import type { Deps } from '../deps.ts';
import { addAfterResponse, type LateEventDeps } from '../event/late-event.ts';
import { newEvent } from '../event/new-event.ts';
import { refuseChallengeToken } from './challenge.ts';
import { attemptAt, codeAttemptAt } from '../login/attempts.ts';
import { takeFromAccount } from '../login/take-from-account.ts';

/** A code of an authenticator app, or a recovery code, as somebody has typed it. */
export type CodeProof = { code: string } | { recoveryCode: string };

/** What a check of a code needs. */
export type FactorCheckDeps = LateEventDeps &
  Pick<Deps, 'config' | 'now' | 'trace' | 'report' | 'identify' | 'limiter' | 'logins'>;

/** A user who has shown a factor, how it is used, and the attempt, which the next batch has to settle. */
export type CheckedFactor = { user: Omit<User, 'passwordHash'>; use: FactorUse; right: RightAttempt };

/**
 * Checks a code of the user `userId`, and counts that as an attempt to log in under `keys`. The batch that follows uses up
 * the code, and decides between two requests at once. One round trip; when the budget of the account is used up, one more comes first.
 *
 * Refuses with `wrong_factor` a code that is wrong or was used, and an attempt during a wait, and with `too_many_requests`.
 * Refuses with `invalid_challenge_token`, whatever the code is, when the account has another `version` by now, or is
 * disabled: a challenge token that is over tells nothing of a code.
 */
export async function checkCode(
  deps: FactorCheckDeps,
  { userId, version, keys }: { userId: string; version: number; keys: AttemptKeys },
  proof: CodeProof,
): Promise<CheckedFactor> {
  const { config, logins } = deps;
  await takeFromAccount(deps, keys);
  // Nobody guesses a recovery code of 80 bits. So guesses at apps do not keep one from whoever has lost the app.
  const attempt = ('code' in proof ? codeAttemptAt : attemptAt)(deps.now(), keys);
  const mac = 'recoveryCode' in proof ? await macOf(proof.recoveryCode, userId, config) : '';
  const { counted, found } = await logins.beginFactor(attempt, { userId, mac });
  if (found === undefined) throw new Refusal('wrong_factor', { reason: 'no such account' });
  deps.identify(userId);
  if (found.user.version !== version || found.user.disabledAt !== null)
    return refuseChallengeToken('the account has changed since');
  const use = 'code' in proof ? await useOfCode(found, proof.code, attempt.at, config) : useOfMac(found, mac);
  if (counted.length === 0) {
    deps.report({ event: 'login_delayed', user_id: userId });
    addAfterResponse(deps, newEvent(deps, 'login_delayed', { userId }));
    throw new Refusal('wrong_factor', { reason: 'too many attempts: has to wait' });
  }
  if (use === undefined) {
    const kind = 'code' in proof ? 'totp' : 'recovery_code';
    addAfterResponse(deps, newEvent(deps, 'factor_failed', { userId, data: { factor: kind } }));
    throw new Refusal('wrong_factor', { reason: await reasonOf(found, kind, config) });
  }
  return { user: found.user, use, right: { attempt, counted } };
}

type Found = NonNullable<Awaited<ReturnType<Deps['logins']['beginFactor']>>['found']>;

/** A code of a step that was used, or of an earlier one, is refused (RFC 6238, section 5.2). */
async function useOfCode(
  { user, totp }: Found,
  code: string,
  at: Date,
  { secretKey }: Deps['config'],
): Promise<FactorUse | undefined> {
  const secret = totp === null ? undefined : await openSecret(totp.sealedSecret, user.id, secretKey);
  const step = secret && (await matchTotp(secret, code, at));
  return step === undefined || step <= (totp?.lastStep ?? 0) ? undefined : { kind: 'totp', step };
}

/** For the log. With another `SECRET_KEY` than that of the set-up, no code is right. */
async function reasonOf(
  { user, totp }: Found,
  kind: 'totp' | 'recovery_code',
  { secretKey }: Deps['config'],
): Promise<string> {
  if (kind === 'recovery_code' || totp === null) return `wrong or used: ${kind}`;
  const isReadable = (await openSecret(totp.sealedSecret, user.id, secretKey)) !== undefined;
  return isReadable ? 'wrong or used: totp' : 'the secret of the app cannot be read: was SECRET_KEY replaced?';
}

const useOfMac = ({ hasCode }: Found, mac: string): FactorUse | undefined =>
  hasCode ? { kind: 'recovery_code', mac } : undefined;

/** The MAC of the code that somebody typed. Text that cannot be a code has the MAC of the empty one, which nobody has. */
async function macOf(typed: string, userId: string, { secretKey }: Deps['config']): Promise<string> {
  return recoveryCodeMac(parseRecoveryCode(typed) ?? '', userId, secretKey);
}
