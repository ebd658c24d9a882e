/**
 * Why an input cannot be used. The message continues a sentence that begins with the name of the input, and quotes
 * nothing of it. There is no cause, because parsers' errors quote what they could not read, and that may be a secret.
 */
export class Unreadable extends Error {}

/**
 * What to print of an error: the message of an `Unreadable`, and only the code of any other, whose message may quote a
 * secret.
 */
export function wordsOf(error: unknown): string {
  return error instanceof Unreadable ? error.message : `cannot be used (${codeOf(error)})`;
}

/** The code that Node gave an error, such as `ENOENT`. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'a bug';
