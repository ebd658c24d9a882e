import { breachDigest } from '../../crypto/breach-digest.ts';
import { foldCase, toNfkc } from '../../crypto/unicode.ts';
import type { Config } from '../../config/config.ts';
import { Refusal, StorageFailure } from '../../errors.ts';
import { isCommonPassword } from './common-passwords.ts';
import type { Deps } from '../deps.ts';
import { lengthOf } from './password.ts';

/** The field of the request that has the new password. */
export type NewPasswordField = 'password' | 'new_password';

/** Refuses `password` as `checkNewPassword` and `checkBreaches` do. */
export async function acceptNewPassword(
  deps: NewPasswordDeps,
  { password, email }: { password: string; email: string },
  field: NewPasswordField,
): Promise<void> {
  await checkNewPassword(password, email, deps.config, field);
  await checkBreaches(deps, password, field);
}

/** What checking a new password needs. */
type NewPasswordDeps = Pick<Deps, 'config' | 'note' | 'breachedPasswords'>;

/**
 * Refuses with `invalid_request` a new password that is too short, too long, very common, or easy to guess for the
 * account with the canonical address `email`. Any mix of characters is allowed (NIST SP 800-63B-4, section 3.1.1.2;
 * OWASP ASVS 5.0, 6.2).
 */
async function checkNewPassword(
  password: string,
  email: string,
  config: Config,
  field: NewPasswordField,
): Promise<void> {
  const fault = await faultOf(password, email, config);
  if (fault !== undefined) refuse(field, fault);
}

/**
 * Refuses with `invalid_request` a password that is known from a breach, unless the breach check is off. When the check
 * fails, `fail-closed` refuses with `breach_check_unavailable`, and `fail-open` accepts the password.
 */
async function checkBreaches(
  { config, note, breachedPasswords }: NewPasswordDeps,
  password: string,
  field: NewPasswordField,
): Promise<void> {
  if (config.breachCheck === 'off') return;
  const { prefix, suffix } = await breachDigest(toNfkc(password));
  const suffixes = await breachedPasswords.findSuffixes(prefix).catch((cause: unknown): string[] => {
    if (!(cause instanceof StorageFailure)) throw cause;
    if (config.breachCheck === 'fail-closed') {
      throw new Refusal('breach_check_unavailable', { reason: cause.message, cause });
    }
    note('breach check out of reach: password let in');
    return [];
  });
  if (suffixes.includes(suffix)) refuse(field, 'Must not be known from a data breach.');
}

async function faultOf(password: string, email: string, config: Config): Promise<string | undefined> {
  const length = lengthOf(password);
  if (length < config.passwordMinLength) return `Must have at least ${config.passwordMinLength} characters.`;
  if (length > config.passwordMaxLength) return `Must have at most ${config.passwordMaxLength} characters.`;
  if (isGuessable(password, email, config)) return 'Must not be the e-mail address, a part of it, or our name.';
  if (!config.mayBeCommon && (await isCommonPassword(password))) return 'Must not be one of the most common passwords.';
  return undefined;
}

/** Whether `password` is the e-mail address, one side of its `@`, or a name of the service. */
function isGuessable(password: string, email: string, { audience, issuer }: Config): boolean {
  const at = email.lastIndexOf('@');
  const words = [
    email,
    email.slice(0, at),
    email.slice(at + 1),
    audience,
    issuer,
    new URL(issuer).hostname,
    'latchkey',
  ];
  return words.map(foldCase).includes(foldCase(password.trim()));
}

function refuse(path: NewPasswordField, message: string): never {
  throw new Refusal('invalid_request', { errors: [{ path, message }] });
}
