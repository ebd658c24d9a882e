import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

/** A run that has just been told to stop may still be closing its databases. */
const MAX_WAIT_MS = 5000;

// The locks of this process. A database that nobody refers to would be closed.
const held: DatabaseSync[] = [];

/**
 * Takes the state directory `folder` for this process. The lock is that of a SQLite file, which the system releases however the
 * process ends. Rejects, naming the process that has it, when another one keeps it.
 */
export async function holdState(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const lock = new DatabaseSync(join(folder, 'dev.lock'));
  for (const start = Date.now(); !tryToHold(lock); await sleep(200)) {
    if (Date.now() - start < MAX_WAIT_MS) continue;
    const { pid } = z.object({ pid: z.int() }).parse(lock.prepare('SELECT pid FROM holder').get());
    lock.close();
    throw new Error(`${folder} is in use by process ${pid}. End that, or use another folder: --persist-to FOLDER.`);
  }
  held.push(lock);
}

/** An open transaction that has written nothing keeps others from writing, and lets them read who it is. */
function tryToHold(lock: DatabaseSync): boolean {
  try {
    lock.exec('BEGIN IMMEDIATE');
    lock.exec('CREATE TABLE IF NOT EXISTS holder (pid integer NOT NULL); DELETE FROM holder');
    lock.prepare('INSERT INTO holder VALUES (?)').run(process.pid);
    lock.exec('COMMIT; BEGIN IMMEDIATE');
    return true;
  } catch (error) {
    if (lock.isTransaction) lock.exec('ROLLBACK');
    if (error instanceof Error && /database is locked/.test(error.message)) return false;
    throw error;
  }
}
