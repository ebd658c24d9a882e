import { type AttemptKeys, deriveNetworkKey } from '../../crypto/attempt-keys.ts';
import type { Challenge } from '../../crypto/challenge-token.ts';
import type { AuthenticationResponse } from '../../crypto/webauthn/verify-assertion.ts';
import { Refusal } from '../../errors.ts';
import type { FactorUse } from '../../store/logins.ts';
import type { RightAttempt } from '../../store/statements/login/settle-attempt.ts';
import type { User } from '../../store/tables/users.ts';
import { newEvent } from '../event/new-event.ts';
import { readChallengeOfUser, refuseChallengeToken } from '../factor/challenge.ts';
import { type CheckedFactor, checkCode, type CodeProof, type FactorCheckDeps } from '../factor/check-factor.ts';
import { checkPasskey } from '../factor/check-passkey.ts';
import { addMethod } from '../factor/methods.ts';
import type { DeliveryDeps } from '../mail/deliver.ts';
import { newNotice, sendAfterResponse } from '../mail/notice.ts';
import { BY_PASSWORD, issueTokens, newSession, type TokenSet } from '../session/session.ts';
import { attemptAt, knownSince } from './attempts.ts';
import type { LoginOrigin } from './login-origin.ts';

/** A second factor: a code, or a passkey that was used for the challenge token. */
export type FactorProof = CodeProof | { passkey: AuthenticationResponse };

/** What a login by a factor needs. */
export type FactorLoginDeps = FactorCheckDeps & DeliveryDeps;

/**
 * Begins a session for the account of `challengeToken`, which the right password has got, if `proof` is right too. Two
 * round trips: the first checks the factor; the second is a batch that uses it and stores the session, if nobody has
 * used the factor or the token before, and the account still allows it.
 *
 * Refuses with `invalid_challenge_token`, with `wrong_factor`, and as `checkCode` does.
 */
export async function logInByFactor(
  deps: FactorLoginDeps,
  { challengeToken, proof }: { challengeToken: string; proof: FactorProof },
  origin: LoginOrigin,
): Promise<TokenSet> {
  const challenge = await readChallengeOfUser(deps, 'log_in', origin.network, challengeToken);
  const { userId, version, attemptKey: pair = '' } = challenge;
  const [account = ''] = pair.split('.');
  const keys = { pair, account, network: await deriveNetworkKey(origin.network, deps.config.secretKey) };
  const { user, use, right } =
    'passkey' in proof
      ? await checkOwnPasskey(deps, { userId, keys }, proof.passkey, challengeToken)
      : await checkCode(deps, { userId, version, keys }, proof);
  if (user.version !== version) return refuseChallengeToken('the account has changed since');
  return beginSession(deps, { user, use, right, challenge, pair, amr: addMethod(BY_PASSWORD, use.kind) }, origin);
}

/** A passkey cannot be guessed, so it counts as no attempt. It settles the one that showed the password. */
async function checkOwnPasskey(
  deps: FactorLoginDeps,
  { userId, keys }: { userId: string; keys: AttemptKeys },
  response: AuthenticationResponse,
  token: string,
): Promise<CheckedFactor> {
  const found = await deps.logins.findPasskey(response.id);
  if (found === undefined || found.user.id !== userId) throw new Refusal('wrong_factor', { reason: 'no such passkey' });
  deps.identify(userId);
  const use = await checkPasskey(deps, { userId, passkey: found.passkey }, response, token);
  return { user: found.user, use, right: { attempt: attemptAt(deps.now(), keys), counted: [] } };
}

/** Somebody who has shown all that a session takes. `pair` is the key of account and network. */
type Shown = {
  user: Omit<User, 'passwordHash'>;
  use: FactorUse;
  right: RightAttempt | undefined;
  challenge: Pick<Challenge, 'id' | 'expiresAt'>;
  pair: string;
  amr: string[];
};

/** Stores the session, and uses up factor and challenge. Refuses with `invalid_challenge_token` when that is too late. */
export async function beginSession(
  deps: FactorLoginDeps,
  { user, use, right, challenge, pair, amr }: Shown,
  { device }: LoginOrigin,
): Promise<TokenSet> {
  const { config } = deps;
  const startedAt = deps.now();
  const session = newSession(user, { device, amr }, startedAt, config);
  const tokens = await issueTokens(session, user, startedAt, config);
  const isRecovery = use.kind === 'recovery_code';
  const used = isRecovery ? newNotice(deps, 'recovery_code_used', startedAt) : undefined;
  const newNetwork = newNotice(deps, 'new_network', startedAt);
  const isBegun = await deps.logins.completeByFactor(use, {
    challenge,
    session,
    right,
    network: { ...knownSince(startedAt, { pair }), notice: newNetwork },
    event: newEvent(deps, 'login', { userId: user.id, sessionId: session.id, data: { amr } }),
    used: isRecovery ? newEvent(deps, 'recovery_code_used', { userId: user.id, sessionId: session.id }) : undefined,
    notices: used === undefined ? [] : [used],
  });
  if (!isBegun) return refuseChallengeToken('used before, or the account has changed since');
  sendAfterResponse(deps, used);
  sendAfterResponse(deps, newNetwork);
  return tokens;
}
