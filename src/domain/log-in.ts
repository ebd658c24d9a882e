import {
  hashPassword,
  type HashingParameters,
  needsRehash,
  UnverifiableHashError,
  verifyPassword,
} from '../crypto/password-hash.ts';
import { Refusal } from '../errors.ts';
import type { Deps } from './deps.ts';
import { hashingParameters } from './password.ts';
import { type Device, issueTokens, newSession, type TokenSet } from './session.ts';

/**
 * Begins a session for the account with the canonical address `email`. Two round trips: a read, then a batch that decides
 * whether the account is still there. Refuses with `invalid_credentials`, for the same work, whoever is unknown, disabled,
 * or has another password (OWASP ASVS 5.0, 6.3.8), and with `login_failed` when the account's hash cannot be verified against.
 */
export async function logIn(
  { config, now, users, sessions }: Pick<Deps, 'config' | 'now' | 'users' | 'sessions'>,
  { email, password }: { email: string; password: string },
  device: Device,
): Promise<TokenSet> {
  const parameters = hashingParameters(config);
  const user = await users.findByEmail(email);
  const matches = await verify(password, user?.passwordHash, parameters);
  if (user === undefined) throw new Refusal('invalid_credentials', { reason: 'no such account' });
  if (!matches) throw new Refusal('invalid_credentials', { reason: 'wrong password' });
  if (user.disabledAt !== null) throw new Refusal('invalid_credentials', { reason: 'disabled account' });

  const startedAt = now();
  const session = newSession(user.id, device, startedAt, config);
  const tokens = await issueTokens(session, user, startedAt, config);
  const rehash = needsRehash(user.passwordHash, parameters)
    ? { from: user.passwordHash, to: await hashPassword(password, parameters) }
    : undefined;
  if (!(await sessions.open(session, rehash))) {
    throw new Refusal('invalid_credentials', { reason: 'account gone or disabled during the login' });
  }
  return tokens;
}

async function verify(password: string, stored: string | undefined, parameters: HashingParameters): Promise<boolean> {
  try {
    return await verifyPassword(password, stored, parameters);
  } catch (cause) {
    if (!(cause instanceof UnverifiableHashError)) throw cause;
    throw new Refusal('login_failed', { reason: cause.message, cause });
  }
}
