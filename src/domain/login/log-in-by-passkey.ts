import { deriveAttemptKeys } from '../../crypto/attempt-keys.ts';
import { challengeIn } from '../../crypto/webauthn/client-data.ts';
import type { AuthenticationResponse } from '../../crypto/webauthn/verify-assertion.ts';
import { Refusal } from '../../errors.ts';
import type { Deps } from '../deps.ts';
import { newChallengeToken, readChallengeToken, refuseChallengeToken } from '../factor/challenge.ts';
import { checkPasskey } from '../factor/check-passkey.ts';
import { passkeyOptions, type PasskeyOptions, tokenOf } from '../factor/login-challenge.ts';
import { addMethod } from '../factor/methods.ts';
import type { TokenSet } from '../session/session.ts';
import { beginSession, type FactorLoginDeps } from './log-in-by-factor.ts';
import type { LoginOrigin } from './login-origin.ts';

/** What a browser needs to use any passkey of the service. It takes no address, so that it tells nothing. No round trip. */
export async function passkeyOptionsOfAnybody(
  deps: Pick<Deps, 'config' | 'now'>,
  network: string,
): Promise<PasskeyOptions> {
  return passkeyOptions(deps.config, await newChallengeToken(deps, 'sign_in', network));
}

/**
 * Begins a session for the account of the passkey that `response` uses, without a password: a passkey whose user was
 * verified is two factors (NIST SP 800-63B-4, section 3.1.7). Two round trips, as `logInByFactor`.
 *
 * Refuses with `invalid_challenge_token` and `wrong_factor`.
 */
export async function logInByPasskey(
  deps: FactorLoginDeps,
  response: AuthenticationResponse,
  origin: LoginOrigin,
): Promise<TokenSet> {
  const { challenge, token } = await readSignIn(deps, response, origin.network);
  const found = await deps.logins.findPasskey(response.id);
  if (found === undefined) throw new Refusal('wrong_factor', { reason: 'no such passkey' });
  const { user, passkey } = found;
  deps.identify(user.id);
  if (response.response.userHandle === undefined) throw new Refusal('wrong_factor', { reason: 'names no user' });
  const use = await checkPasskey(deps, { userId: user.id, passkey }, response, token);
  if (user.disabledAt !== null) throw new Refusal('wrong_factor', { reason: 'disabled account' });
  const { pair } = await deriveAttemptKeys(user.email, origin.network, deps.config.secretKey);
  const shown = { user, use, right: undefined, challenge, pair, amr: addMethod([], 'passkey') };
  return beginSession(deps, shown, origin);
}

/** The challenge that `response` was made for, which `passkeyOptionsOfAnybody` has given out. */
export async function readSignIn(
  deps: Pick<Deps, 'config' | 'now'>,
  { response }: AuthenticationResponse,
  network: string,
) {
  const token = tokenOf(challengeIn(response.clientDataJSON));
  if (token === undefined) return refuseChallengeToken('no challenge of ours');
  return { token, challenge: await readChallengeToken(deps, 'sign_in', network, token) };
}
