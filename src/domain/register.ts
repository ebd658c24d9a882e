import { hashPassword } from '../crypto/password-hash.ts';
import { Refusal } from '../errors.ts';
import type { Deps } from './deps.ts';
import { checkNewPassword, hashingParameters } from './password.ts';
import { type Device, issueTokens, newSession, type TokenSet } from './session.ts';

/**
 * Makes an account for the canonical address `email` and logs it in. One round trip: the unique index decides between
 * simultaneous registrations. Refuses with `invalid_request` (the password is too short) and `email_taken`.
 */
export async function register(
  { config, now, users }: Pick<Deps, 'config' | 'now' | 'users'>,
  { email, password }: { email: string; password: string },
  device: Device,
): Promise<TokenSet> {
  checkNewPassword(password, config);
  const registeredAt = now();
  const passwordHash = await hashPassword(password, hashingParameters(config));
  const user = { id: crypto.randomUUID(), email, passwordHash, registeredAt };
  const session = newSession(user.id, device, registeredAt, config);
  const tokens = await issueTokens(session, { admin: false }, registeredAt, config);

  if (!(await users.create(user, session))) throw new Refusal('email_taken');
  return tokens;
}
