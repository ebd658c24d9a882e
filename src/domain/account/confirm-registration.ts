import { deriveAttemptKeys } from '../../crypto/attempt-keys.ts';
import { hashPassword } from '../../crypto/password-hash.ts';
import { Refusal } from '../../errors.ts';
import type { Deps } from '../deps.ts';
import { newEvent } from '../event/new-event.ts';
import { knownSince } from '../login/attempts.ts';
import type { LoginOrigin } from '../login/login-origin.ts';
import { askToEnrol } from '../factor/login-challenge.ts';
import { needsSecondFactor } from '../factor/policy.ts';
import type { LoginOutcome } from '../login/log-in.ts';
import { BY_PASSWORD, issueTokens, newRights, newSession } from '../session/session.ts';
import { findChallenge, newRedemption, type Proof, refuseChallenge } from './challenge.ts';
import { acceptNewPassword } from './new-password.ts';
import { hashingParameters } from './password.ts';

/**
 * Makes the account of a registration, with the address that `proof` was mailed to, and logs it in, or gives a challenge as
 * `register` does. Two round trips.
 * Refuses with `invalid_challenge`, also when the address has an account by now; with `registration_closed`; and for the
 * password as `acceptNewPassword` does.
 */
export async function confirmRegistration(
  deps: Pick<
    Deps,
    'config' | 'now' | 'note' | 'identify' | 'trace' | 'breachedPasswords' | 'challenges' | 'redemptions'
  >,
  { proof, password, locale }: { proof: Proof; password: string; locale: string | undefined },
  { device, network }: LoginOrigin,
): Promise<LoginOutcome> {
  const { config } = deps;
  if (config.registration === 'closed') throw new Refusal('registration_closed');
  if ('email' in proof) await acceptNewPassword(deps, { password, email: proof.email }, 'password');
  const { id, email } = await findChallenge(deps, 'register', proof);
  if ('token' in proof) await acceptNewPassword(deps, { password, email }, 'password');
  const passwordHash = await hashPassword(password, hashingParameters(config));

  const redemption = newRedemption(deps, 'register', id);
  const registeredAt = redemption.at;
  const user = { userId: crypto.randomUUID(), passwordHash, registeredAt, locale: locale ?? null };
  const asCreated = { id: user.userId, ...newRights, emailVerifiedAt: registeredAt };
  const session = needsSecondFactor(config, asCreated)
    ? undefined
    : newSession(asCreated, { device, amr: BY_PASSWORD }, registeredAt, config);
  const outcome =
    session === undefined
      ? { challenge: await askToEnrol(deps, asCreated, network) }
      : { tokens: await issueTokens(session, asCreated, registeredAt, config) };
  const keys = await deriveAttemptKeys(email, network, config.secretKey);
  const known = knownSince(registeredAt, keys);
  const event = newEvent(deps, 'user_registered', { userId: user.userId, sessionId: session?.id });
  const isMade = await deps.redemptions.register(redemption, { user, session, network: known, event });
  if (!isMade) return refuseChallenge('used, too old, or the address has an account');
  deps.identify(user.userId);
  return outcome;
}
