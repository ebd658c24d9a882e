import { type FieldError, Refusal } from '../errors.ts';
import type { Config } from '../config.ts';
import type { HashingParameters } from '../crypto/password-hash.ts';

/** The longest password, in characters (code points after NFKC). NIST SP 800-63B-4 asks for at least 64. */
export const MAX_PASSWORD_LENGTH = 256;

/** What new hashes are made with under `config`. */
export function hashingParameters({ passwordIterations, passwordPeppers }: Config): HashingParameters {
  return { iterations: passwordIterations, peppers: passwordPeppers };
}

/** Refuses with `invalid_request` a new password shorter than `config` asks for. Length is in code points after NFKC. */
export function checkNewPassword(password: string, { passwordMinLength }: Config): void {
  if (lengthOf(password) >= passwordMinLength) return;
  const errors: FieldError[] = [{ path: 'password', message: `Must have at least ${passwordMinLength} characters.` }];
  throw new Refusal('invalid_request', { errors });
}

/** What makes `text` unfit to be anyone's password, old or new; `undefined` when nothing does. */
export function passwordFault(text: string): string | undefined {
  if (!text.isWellFormed() || text.includes('\0')) return 'Must be Unicode text without NUL.';
  if (lengthOf(text) > MAX_PASSWORD_LENGTH) return `Must have at most ${MAX_PASSWORD_LENGTH} characters.`;
  return undefined;
}

const lengthOf = (text: string) => Array.from(text.normalize('NFKC')).length;
