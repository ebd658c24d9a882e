/**
 * Why a file or other input cannot be used, in words that follow its name and quote nothing of it. It has no cause: the errors
 * of parsers quote what they could not read, and that may be a secret.
 */
export class Unreadable extends Error {}

/** What to print of an error: the words of `Unreadable`; of any other only its code, since its message may quote a secret. */
export function wordsOf(error: unknown): string {
  return error instanceof Unreadable ? error.message : `cannot be used (${codeOf(error)})`;
}

/** The code that Node gave an error, such as `ENOENT`. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'a bug';
