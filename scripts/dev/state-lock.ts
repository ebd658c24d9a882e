import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { Failure } from '../command.ts';

/** A run that was just told to stop may still be closing its databases. */
const MAX_WAIT_MS = 5000;

// The locks of this process. Node closes a database that nothing refers to.
const held: DatabaseSync[] = [];

/**
 * Takes the state directory `folder` for this process. The lock is that of a SQLite file: the system releases it
 * however the process ends. Rejects with a `Failure`, which names the process that holds it, when that keeps it for
 * `maxWaitMs`.
 */
export async function holdState(folder: string, { maxWaitMs = MAX_WAIT_MS } = {}): Promise<void> {
  const lock = open(folder);
  for (const start = Date.now(); !tryToHold(lock); await sleep(200)) {
    if (Date.now() - start < maxWaitMs) continue;
    const { pid } = z.object({ pid: z.int() }).parse(lock.prepare('SELECT pid FROM holder').get());
    lock.close();
    throw new Failure(
      `${folder} is in use by process ${pid}. End that process, or use another folder: --persist-to FOLDER.`,
    );
  }
  held.push(lock);
}

function open(folder: string): DatabaseSync {
  try {
    mkdirSync(folder, { recursive: true });
    return new DatabaseSync(join(folder, 'dev.lock'));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new Failure(`${folder} cannot be written (${code}). Use another folder: --persist-to FOLDER.`);
  }
}

/** A transaction that is open and has written nothing keeps others from writing, and lets them read who holds it. */
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
    if (error instanceof Error && /readonly database/.test(error.message))
      throw new Failure(`${lock.location()} cannot be written. Use another folder: --persist-to FOLDER.`);
    throw error;
  }
}
