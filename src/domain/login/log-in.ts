import { type AttemptKeys, deriveAttemptKeys } from '../../crypto/attempt-keys.ts';
import {
  hashPassword,
  type HashingParameters,
  needsRehash,
  UnverifiableHashError,
  verifyPassword,
} from '../../crypto/password-hash.ts';
import { Refusal } from '../../errors.ts';
import { attemptAt, knownSince } from './attempts.ts';
import type { LoginOrigin } from './login-origin.ts';
import type { Deps } from '../deps.ts';
import { hashingParameters } from '../account/password.ts';
import { issueTokens, newSession, type TokenSet } from '../session/session.ts';
import { takeRequest } from '../take-request.ts';

/**
 * Begins a session for the account with the canonical address `email`. Two round trips: the first counts the attempt
 * and reads the account; the second is a batch that stores the session if the account still allows it. When the budget
 * of the account is used up, one more comes first.
 *
 * Refuses with `invalid_credentials` an unknown or disabled account, a wrong password, and an attempt during a wait.
 * All of them cost the same work (OWASP ASVS 5.0, 6.3.8). Refuses with `too_many_requests`, and with `login_failed`
 * when the stored hash cannot be verified.
 */
export async function logIn(
  deps: Pick<Deps, 'config' | 'now' | 'note' | 'report' | 'limiter' | 'logins'>,
  { email, password }: { email: string; password: string },
  { device, network }: LoginOrigin,
): Promise<TokenSet> {
  const { config, logins } = deps;
  const keys = await deriveAttemptKeys(email, network, config.secretKey);
  await takeFromAccount(deps, keys);

  const parameters = hashingParameters(config);
  const attempt = attemptAt(deps.now(), keys);
  const { counted, user } = await logins.begin(attempt, email);
  const matches = await verify(password, user?.passwordHash, parameters);
  if (user === undefined) throw new Refusal('invalid_credentials', { reason: 'no such account' });
  if (counted.length === 0) {
    deps.report({ event: 'login_delayed', user_id: user.id });
    throw new Refusal('invalid_credentials', { reason: 'too many attempts: has to wait' });
  }
  if (!matches) throw new Refusal('invalid_credentials', { reason: 'wrong password' });
  if (user.disabledAt !== null) throw new Refusal('invalid_credentials', { reason: 'disabled account' });

  const startedAt = deps.now();
  const session = newSession(user, device, startedAt, config);
  const tokens = await issueTokens(session, user, startedAt, config);
  const rehash = needsRehash(user.passwordHash, parameters)
    ? { from: user.passwordHash, to: await hashPassword(password, parameters) }
    : undefined;
  const known = knownSince(startedAt, keys);
  if (!(await logins.complete({ session, attempt, counted, network: known, rehash }))) {
    throw new Refusal('invalid_credentials', {
      reason: 'account gone, disabled or logged out everywhere during the login',
    });
  }
  return tokens;
}

/**
 * Takes a login from the budget of the account. Refuses with `too_many_requests` when it is used up, unless the account
 * knows the network: strangers cannot lock the owner out there.
 */
async function takeFromAccount(
  deps: Pick<Deps, 'config' | 'now' | 'note' | 'limiter' | 'logins'>,
  keys: AttemptKeys,
): Promise<void> {
  try {
    await takeRequest(deps, 'account', keys.account);
  } catch (error) {
    const isUsedUp = error instanceof Refusal && error.code === 'too_many_requests';
    if (!isUsedUp || !(await deps.logins.isKnown(keys.pair, deps.now()))) throw error;
  }
}

async function verify(password: string, stored: string | undefined, parameters: HashingParameters): Promise<boolean> {
  try {
    return await verifyPassword(password, stored, parameters);
  } catch (cause) {
    if (!(cause instanceof UnverifiableHashError)) throw cause;
    throw new Refusal('login_failed', { reason: cause.message, cause });
  }
}
