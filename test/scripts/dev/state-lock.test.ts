import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Failure } from '../../../scripts/command.ts';
import { isRunning } from '../../../scripts/dev/starters.ts';
import { holdState } from '../../../scripts/dev/state-lock.ts';

let folder: string;
const children: ChildProcess[] = [];
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'latchkey-lock-'))));
afterEach(async () => {
  await Promise.all(children.splice(0).map(kill));
  rmSync(folder, { recursive: true, maxRetries: 10 });
});

const program = `
  import { holdState } from ${JSON.stringify(pathToFileURL('scripts/dev/state-lock.ts').href)};
  await holdState(process.argv[1], { maxWaitMs: Number(process.argv[2]) }).then(() => console.log('held'), (error) => console.log(error.message));
  setInterval(() => {}, 1000);`;

/** A process that takes the folder, and what it says then. It does not wait long, or for longer than the test. */
async function hold({ maxWaitMs = 500 } = {}) {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, folder, String(maxWaitMs)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const [chunk]: unknown[] = await once(child.stdout, 'data');
  return { child, words: String(chunk).trim() };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

it('gives a state directory to one process, and to the next one when that has ended, in whatever way', async () => {
  const first = await hold();
  expect(first.words).toBe('held');
  expect((await hold()).words).toBe(
    `${folder} is in use by process ${first.child.pid}. End that process, or use another folder: --persist-to FOLDER.`,
  );
  await kill(first.child);
  expect((await hold()).words).toBe('held');
});

it('waits for a process that is about to end', async () => {
  const first = await hold();
  const second = hold({ maxWaitMs: 60_000 });
  await kill(first.child);
  expect((await second).words).toBe('held');
});

it('says in a sentence that it cannot write', async () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  const words = `${file} cannot be written (EEXIST). Use another folder: --persist-to FOLDER.`;
  await expect(holdState(file)).rejects.toEqual(new Failure(words));
});

it('tells running processes from ended ones', async () => {
  const { child } = await hold();
  const pid = Number(child.pid);
  expect(isRunning(pid)).toBe(true);
  await kill(child);
  expect(isRunning(pid)).toBe(false);
});
