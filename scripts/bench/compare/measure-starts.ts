import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { Contestant, Name } from './contestants.ts';
import { runLoad } from './load.ts';
import type { Results } from './results.ts';
import { startWorkerd } from './workers.ts';
import type { Measurement } from './measurement.ts';
import { inTurn } from './settings.ts';

/**
 * Starts every contestant several times on a database that has its tables and one session, and asks once for the status
 * of that session: the processor time of workerd until it has answered, and how long it took to answer.
 */
export async function measureStarts(
  { contestants, settings, tell }: Measurement,
  folder: string,
): Promise<Results['starts']> {
  tell('fresh starts');
  const cpuMs = new Map<Name, number[]>(contestants.map(({ name }) => [name, []]));
  const answerMs = new Map<Name, number[]>(contestants.map(({ name }) => [name, []]));
  const prepared: (Contestant & Awaited<ReturnType<typeof prepare>>)[] = [];
  // One at a time, as every start.
  for (const contestant of contestants) prepared.push({ ...contestant, ...(await prepare(contestant, folder)) });
  for (let round = 0; round < settings.starts; round += 1) {
    for (const { name, workerOptions, state, seats } of inTurn(prepared, round)) {
      const workerd = await startWorkerd(workerOptions({ state, isCheap: true }));
      const { p50Ms } = await runLoad(workerd, seats, { each: 1 });
      cpuMs.get(name)?.push(workerd.cpuMicroseconds() / 1000);
      answerMs.get(name)?.push(p50Ms);
      await workerd.stop();
    }
  }
  return { cpuMs: Object.fromEntries(cpuMs), answerMs: Object.fromEntries(answerMs) };
}

async function prepare({ start }: Contestant, folder: string) {
  const state = mkdtempSync(join(folder, 'state-'));
  const { worker, prepare } = await start({ state, isCheap: true });
  const seats = await prepare('status', { atOnce: 1, each: 1 });
  await worker.stop();
  return { state, seats };
}
