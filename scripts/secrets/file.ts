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
 * The bytes of a file to replace; `undefined` when it does not exist. Throws `Unreadable` for a link: replacing the
 * link would leave the file behind it unchanged.
 */
export function readReplaceable(file: string): Buffer | undefined {
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  if (!found.isFile()) throw new Unreadable('is not a regular file');
  return readBytes(file);
}

/** Writes a new `file`, readable by its owner only. Throws `Unreadable` when it exists or cannot be written. */
export function writeNewFile(file: string, text: string): void {
  try {
    writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    throw new Unreadable(`cannot be written (${codeOf(error)})`);
  }
}

/** Replaces `file` atomically by a new one, readable by its owner only. */
export function replaceFile(file: string, text: string): void {
  // git ignores this ending too.
  const temporary = join(dirname(file), `.${randomUUID()}.secrets.json`);
  try {
    writeFileSync(temporary, text, { mode: 0o600, flag: 'wx', flush: true });
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new Unreadable(`cannot be written (${codeOf(error)})`);
  }
}
