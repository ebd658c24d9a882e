import { appendFileSync, existsSync, openSync, readSync, closeSync, writeFileSync } from 'node:fs';
import { Failure } from '../../command.ts';
import type { Outcome } from './outcomes.ts';

const HEADING = 'old_id,user_id\n';

/**
 * Starts a CSV of the ids of users there and here. Replaces one that an earlier run made, because a second run names all
 * users again. Throws `Failure` for any other file.
 */
export function startIdsFile(file: string): (outcomes: Outcome[]) => void {
  if (existsSync(file) && !isOurs(file)) throw new Failure(`--ids: ${file} exists, and is no file of ids.`, 2);
  writeFileSync(file, HEADING);
  return (outcomes) => appendFileSync(file, outcomes.map(lineOf).join(''));
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
