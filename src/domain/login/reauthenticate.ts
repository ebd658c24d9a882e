import { deriveAttemptKeys } from '../../crypto/attempt-keys.ts';
import type { AuthenticationResponse } from '../../crypto/webauthn/verify-assertion.ts';
import { Refusal } from '../../errors.ts';
import { checkOwnPassword, refuseOvertaken } from '../account/own-password.ts';
import type { Deps } from '../deps.ts';
import { newEvent } from '../event/new-event.ts';
import { checkCode, type CodeProof, type FactorCheckDeps } from '../factor/check-factor.ts';
import { checkPasskey } from '../factor/check-passkey.ts';
import { addMethod } from '../factor/methods.ts';
import { needsSecondFactor } from '../factor/policy.ts';
import { getSigningKeys } from '../key/signing-keys.ts';
import type { DeliveryDeps } from '../mail/deliver.ts';
import { newNotice, sendAfterResponse } from '../mail/notice.ts';
import type { AuthenticationDeps, Caller } from '../session/authenticate.ts';
import { type GrantedToken, issueAccessToken } from '../session/session.ts';
import { readSignIn } from './log-in-by-passkey.ts';

/** What the user of a session shows to prove again who it is. */
export type ReauthenticationProof = { password: string } | CodeProof | { passkey: AuthenticationResponse };

type ReauthenticationDeps = AuthenticationDeps & FactorCheckDeps & DeliveryDeps & Pick<Deps, 'afterResponse'>;

/**
 * Notes in the session of the caller that its user has authenticated again, and returns an access token that says so (RFC
 * 9470). The session goes on, with the refresh token that it has. Two round trips. Wrong passwords and codes count as
 * attempts to log in.
 *
 * Refuses the password alone with `second_factor_required` where the account has a second factor, and with
 * `second_factor_enrolment_required` where it needs one; with `wrong_password`,
 * `wrong_factor` and `invalid_challenge_token`; and as `refuseOvertaken` does.
 */
export async function reauthenticate(
  deps: ReauthenticationDeps,
  caller: Caller,
  proof: ReauthenticationProof,
  network: string,
): Promise<GrantedToken> {
  // Without keys there is no token, so a code must stay unused.
  await getSigningKeys(deps.config);
  const session =
    'password' in proof
      ? await byPassword(deps, caller, proof.password, network)
      : await byFactor(deps, caller, proof, network);
  if (session === undefined) return refuseOvertaken(deps, caller);
  return issueAccessToken(session, caller.user, session.authenticatedAt ?? session.startedAt, deps.config);
}

async function byPassword(deps: ReauthenticationDeps, caller: Caller, password: string, network: string) {
  if (caller.hasFactor) throw new Refusal('second_factor_required');
  // A refresh is refused too: the next login leads to the set-up.
  if (needsSecondFactor(deps.config, caller.user)) throw new Refusal('second_factor_enrolment_required');
  const right = await checkOwnPassword(deps, caller, password, network);
  const raise = raiseOf(caller, addMethod([], 'password'), deps.now());
  return deps.logins.reauthenticate(raise, { ...right, event: eventOf(deps, caller) });
}

async function byFactor(
  deps: ReauthenticationDeps,
  caller: Caller,
  proof: Exclude<ReauthenticationProof, { password: string }>,
  network: string,
) {
  const { user, claims } = caller;
  const { use, right, challenge } =
    'passkey' in proof
      ? await checkOwnPasskey(deps, user.id, proof.passkey, network)
      : { ...(await checkCodeOf(deps, user, proof, network)), challenge: undefined };
  const at = deps.now();
  const isRecovery = use.kind === 'recovery_code';
  const notice = isRecovery ? newNotice(deps, 'recovery_code_used', at) : undefined;
  const used = isRecovery ? eventOf(deps, caller, 'recovery_code_used') : undefined;
  const news = { event: eventOf(deps, caller), used, notice };
  const raise = raiseOf(caller, addMethod(claims.amr, use.kind), at);
  const { isUsed, session } = await deps.logins.reauthenticateByFactor(use, raise, { challenge, right, ...news });
  if (!isUsed) throw new Refusal('wrong_factor', { reason: 'used at the same time, or the account has changed' });
  sendAfterResponse(deps, notice);
  return session;
}

async function checkCodeOf(
  deps: ReauthenticationDeps,
  { id, email, version }: Caller['user'],
  proof: CodeProof,
  network: string,
) {
  const keys = await deriveAttemptKeys(email, network, deps.config.secretKey);
  return checkCode(deps, { userId: id, version, keys }, proof);
}

async function checkOwnPasskey(
  deps: ReauthenticationDeps,
  userId: string,
  response: AuthenticationResponse,
  network: string,
) {
  const { token, challenge } = await readSignIn(deps, response, network);
  const found = await deps.logins.findPasskey(response.id);
  if (found === undefined || found.user.id !== userId) throw new Refusal('wrong_factor', { reason: 'no such passkey' });
  const use = await checkPasskey(deps, { userId, passkey: found.passkey }, response, token);
  return { use, challenge, right: undefined };
}

const raiseOf = ({ claims, user }: Caller, amr: string[], at: Date) => ({
  id: claims.sid,
  userId: user.id,
  userVersion: user.version,
  amr: JSON.stringify(amr),
  at,
});

const eventOf = (
  deps: Pick<Deps, 'now' | 'trace'>,
  { claims, user }: Caller,
  type: 'reauthenticated' | 'recovery_code_used' = 'reauthenticated',
) => newEvent(deps, type, { userId: user.id, sessionId: claims.sid });
