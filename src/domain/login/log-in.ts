import { hashPassword, needsRehash } from '../../crypto/password-hash.ts';
import { Refusal } from '../../errors.ts';
import { knownSince } from './attempts.ts';
import type { RightAttempt } from '../../store/statements/login/settle-attempt.ts';
import type { User } from '../../store/tables/users.ts';
import { checkPassword, type PasswordCheckDeps } from './check-password.ts';
import type { LoginOrigin } from './login-origin.ts';
import { hashingParameters } from '../account/password.ts';
import { askForFactor, askToEnrol, type LoginChallenge, methodsOf } from '../factor/login-challenge.ts';
import { needsSecondFactor } from '../factor/policy.ts';
import { newEvent } from '../event/new-event.ts';
import type { DeliveryDeps } from '../mail/deliver.ts';
import { newNotice, sendAfterResponse } from '../mail/notice.ts';
import { BY_PASSWORD, issueTokens, newSession, type TokenSet } from '../session/session.ts';

/** What a login comes to: a session, or what is still missing. */
export type LoginOutcome = { tokens: TokenSet } | { challenge: LoginChallenge };

type LoginDeps = PasswordCheckDeps & DeliveryDeps;

/**
 * Begins a session for the account with the canonical address `email`, unless it takes a second factor, or needs to have
 * one: then it gives a challenge, and stores nothing. Two round trips: the first checks the password; the second is a batch
 * that stores the session if the account still allows it. With a second factor there is one, and another one when the
 * password is to be hashed anew.
 *
 * Refuses as `checkPassword` does, with `invalid_credentials`, and with `login_failed` when the pepper of the stored hash
 * is missing.
 */
export async function logIn(
  deps: LoginDeps,
  credentials: { email: string; password: string },
  origin: LoginOrigin,
): Promise<LoginOutcome> {
  const codes = { wrong: 'invalid_credentials', noPepper: 'login_failed' } as const;
  const { factors, ...checked } = await checkPassword(deps, credentials, origin.network, codes);
  const { user } = checked;
  const rehash = await rehashOf(deps, credentials.password, checked);
  const needsChallenge = methodsOf(factors).length > 0 || needsSecondFactor(deps.config, user);
  if (!needsChallenge) return { tokens: await beginSession(deps, checked, rehash, origin) };
  if (rehash !== undefined) await deps.logins.rehash(user.id, rehash);
  const { network } = origin;
  if (methodsOf(factors).length === 0) return { challenge: await askToEnrol(deps, user, network) };
  const attemptKey = checked.attempt.pair.key;
  return { challenge: await askForFactor(deps, user, factors, { network, attemptKey }) };
}

type Checked = { user: User; newHash: string | undefined } & RightAttempt;

type Rehash = { from: string; to: string };

/** The hash that takes the place of one whose parameters are not those in force. */
async function rehashOf(
  { config }: Pick<LoginDeps, 'config'>,
  password: string,
  { user, newHash }: Checked,
): Promise<Rehash | undefined> {
  const parameters = hashingParameters(config);
  if (!needsRehash(user.passwordHash, parameters)) return undefined;
  return { from: user.passwordHash, to: newHash ?? (await hashPassword(password, parameters)) };
}

async function beginSession(
  deps: LoginDeps,
  { user, attempt, counted }: Checked,
  rehash: Rehash | undefined,
  { device }: LoginOrigin,
): Promise<TokenSet> {
  const { config, logins } = deps;
  const startedAt = deps.now();
  const session = newSession(user, { device, amr: BY_PASSWORD }, startedAt, config);
  const tokens = await issueTokens(session, user, startedAt, config);
  const known = knownSince(startedAt, { pair: attempt.pair.key });
  // The attempt counts for the account only at a network that it was not known at.
  const isNewNetwork = counted.includes(attempt.account.key);
  const notice = isNewNetwork ? newNotice(deps, 'new_network', startedAt) : undefined;
  const event = newEvent(deps, 'login', { userId: user.id, sessionId: session.id });
  const isBegun = await logins.complete({ session, attempt, counted, network: known, rehash, notice, event });
  if (!isBegun) {
    throw new Refusal('invalid_credentials', {
      reason: 'account gone, disabled or changed during the login, or logged out everywhere',
    });
  }
  sendAfterResponse(deps, notice);
  return tokens;
}
