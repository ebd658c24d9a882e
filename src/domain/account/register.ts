import { deriveAttemptKeys } from '../../crypto/attempt-keys.ts';
import { hashPassword } from '../../crypto/password-hash.ts';
import { Refusal } from '../../errors.ts';
import { knownSince } from '../login/attempts.ts';
import type { LoginOrigin } from '../login/login-origin.ts';
import type { Deps } from '../deps.ts';
import { newEvent } from '../event/new-event.ts';
import { newAsk } from '../mail/ask.ts';
import type { DeliveryDeps } from '../mail/deliver.ts';
import { sendAfterResponse } from '../mail/notice.ts';
import { acceptNewPassword } from './new-password.ts';
import { hashingParameters } from './password.ts';
import { askToEnrol } from '../factor/login-challenge.ts';
import { needsSecondFactor } from '../factor/policy.ts';
import type { LoginOutcome } from '../login/log-in.ts';
import { BY_PASSWORD, issueTokens, newRights, newSession } from '../session/session.ts';

/**
 * Creates an account for the canonical address `email` and logs it in. Where `SECOND_FACTOR` wants a second factor, gives a
 * challenge to set one up instead. `locale` is the language of its mails: if there is mail, one to verify the address goes
 * out after the response. One round trip: the unique index decides between simultaneous registrations. Refuses with
 * `email_taken`, and for the password with `invalid_request` or `breach_check_unavailable`.
 */
export async function register(
  deps: DeliveryDeps & Pick<Deps, 'note' | 'identify' | 'trace' | 'users' | 'breachedPasswords' | 'afterResponse'>,
  { email, password, locale }: { email: string; password: string; locale: string | undefined },
  { device, network }: LoginOrigin,
): Promise<LoginOutcome> {
  const { config } = deps;
  const registeredAt = deps.now();
  // Before the hashing, which would delay reading the response of the breach service.
  await acceptNewPassword(deps, { password, email }, 'password');
  const passwordHash = await hashPassword(password, hashingParameters(config));
  const user = { id: crypto.randomUUID(), email, passwordHash, registeredAt, locale: locale ?? null };
  const asCreated = { id: user.id, ...newRights, emailVerifiedAt: null };
  const session = needsSecondFactor(config, asCreated)
    ? undefined
    : newSession(asCreated, { device, amr: BY_PASSWORD }, registeredAt, config);
  const outcome =
    session === undefined
      ? { challenge: await askToEnrol(deps, asCreated, network) }
      : { tokens: await issueTokens(session, asCreated, registeredAt, config) };

  const keys = await deriveAttemptKeys(email, network, config.secretKey);
  const ask = config.mail && (await newAsk(deps, { purpose: 'verify_email', email, locale }));
  const event = newEvent(deps, 'user_registered', { userId: user.id, sessionId: session?.id });
  const isNew = await deps.users.create(user, session, { network: knownSince(registeredAt, keys), ask, event });
  if (!isNew) throw new Refusal('email_taken');
  deps.identify(user.id);
  sendAfterResponse(deps, ask);
  return outcome;
}
