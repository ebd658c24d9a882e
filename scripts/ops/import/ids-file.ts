import { appendFileSync, closeSync, openSync, readSync, statSync, writeFileSync } from 'node:fs';
import { Failure, findFailure } from '../../command.ts';
import type { Outcome } from './outcomes.ts';

const HEADING = 'old_id,user_id\n';

/**
 * Starts a CSV of the ids of users there and here. Replaces one that an earlier run made, because a second run names all
 * users again. Throws `Failure` for anything else that is there, and where it cannot write.
 */
export function startIdsFile(file: string): (outcomes: Outcome[]) => void {
  try {
    refuseOther(file);
    writeFileSync(file, HEADING);
  } catch (error) {
    const failure = error instanceof Failure ? error : findFailure(error);
    throw failure === undefined ? error : new Failure(`--ids: ${failure.message}`, 2);
  }
  return (outcomes) => appendFileSync(file, outcomes.map(lineOf).join(''));
}

function refuseOther(file: string): void {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isDirectory() === true) throw new Failure(`${file} is a folder, not a file.`);
  // A pipe would be waited for, and what is written to a device is gone.
  if (found?.isFile() === false) throw new Failure(`${file} is no plain file.`);
  if (found !== undefined && !isOurs(file)) throw new Failure(`${file} exists, and is no file of ids.`);
}

function isOurs(file: string): boolean {
  const bytes = Buffer.alloc(HEADING.length);
  const handle = openSync(file, 'r');
  try {
    return readSync(handle, bytes) === 0 || bytes.toString() === HEADING;
  } finally {
    closeSync(handle);
  }
}

function lineOf({ user, userId }: Outcome): string {
  const oldId = user?.oldId;
  return oldId === undefined || userId === undefined ? '' : `${quote(oldId)},${quote(userId)}\n`;
}

const quote = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
