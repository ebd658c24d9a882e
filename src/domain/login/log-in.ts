import { hashPassword, needsRehash } from '../../crypto/password-hash.ts';
import { Refusal } from '../../errors.ts';
import { knownSince } from './attempts.ts';
import { checkPassword, type PasswordCheckDeps } from './check-password.ts';
import type { LoginOrigin } from './login-origin.ts';
import { hashingParameters } from '../account/password.ts';
import { newEvent } from '../event/new-event.ts';
import type { DeliveryDeps } from '../mail/deliver.ts';
import { newNotice, sendAfterResponse } from '../mail/notice.ts';
import { BY_PASSWORD, issueTokens, newSession, type TokenSet } from '../session/session.ts';

/**
 * Begins a session for the account with the canonical address `email`. Two round trips: the first checks the password;
 * the second is a batch that stores the session if the account still allows it.
 *
 * Refuses as `checkPassword` does, with `invalid_credentials`, and with `login_failed` when the pepper of the stored hash
 * is missing.
 */
export async function logIn(
  deps: PasswordCheckDeps & DeliveryDeps,
  credentials: { email: string; password: string },
  { device, network }: LoginOrigin,
): Promise<TokenSet> {
  const { config, logins } = deps;
  const codes = { wrong: 'invalid_credentials', noPepper: 'login_failed' } as const;
  const { user, newHash, ...right } = await checkPassword(deps, credentials, network, codes);

  const startedAt = deps.now();
  const session = newSession(user, { device, amr: BY_PASSWORD }, startedAt, config);
  const tokens = await issueTokens(session, user, startedAt, config);
  const parameters = hashingParameters(config);
  const rehash = needsRehash(user.passwordHash, parameters)
    ? { from: user.passwordHash, to: newHash ?? (await hashPassword(credentials.password, parameters)) }
    : undefined;
  const known = knownSince(startedAt, { pair: right.attempt.pair.key });
  // The attempt counts for the account only at a network that it was not known at.
  const isNewNetwork = right.counted.includes(right.attempt.account.key);
  const notice = isNewNetwork ? newNotice(deps, 'new_network', startedAt) : undefined;
  const event = newEvent(deps, 'login', { userId: user.id, sessionId: session.id });
  if (!(await logins.complete({ session, ...right, network: known, rehash, notice, event }))) {
    throw new Refusal('invalid_credentials', {
      reason: 'account gone, disabled or changed during the login, or logged out everywhere',
    });
  }
  sendAfterResponse(deps, notice);
  return tokens;
}
