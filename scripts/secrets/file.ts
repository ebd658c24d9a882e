import { randomUUID } from 'node:crypto';
import { lstatSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { codeOf, Unreadable } from './unreadable.ts';

/** The bytes of `file`, which may be a pipe. Throws `Unreadable`. */
export function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new Unreadable(`cannot be read (${codeOf(error)})`);
  }
}

/**
 * The bytes of a file that is to be replaced; `undefined` when there is none. Throws `Unreadable` for a link, which would be
 * replaced while the file behind it would stay as it is.
 */
export function readReplaceable(file: string): Buffer | undefined {
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  if (!found.isFile()) throw new Unreadable('is not a regular file');
  return readBytes(file);
}

/** Puts a new file in the place of `file`, for its owner alone. There is always the old one or the new one, never a part of one. */
export function replaceFile(file: string, text: string): void {
  // git ignores this ending, too.
  const temporary = join(dirname(file), `.${randomUUID()}.secrets.json`);
  try {
    writeFileSync(temporary, text, { mode: 0o600, flag: 'wx', flush: true });
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new Unreadable(`cannot be written (${codeOf(error)})`);
  }
}
