import type { Task } from './tasks.ts';
import type { Name, RunningContestant } from './contestants.ts';
import { isolateTime } from './isolate-time.ts';
import { runLoad } from './load.ts';
import { profileWork } from './profile.ts';
import type { Results } from './results.ts';
import type { Measurement } from './measurement.ts';
import { inTurn, mostRequests, type Settings } from './settings.ts';

const AT_ONCE = 16;

/** The microseconds a request in the isolate of each contestant, for every task, at 16 at once. */
export async function measureIsolates({
  contestants,
  tasks,
  settings,
  tell,
}: Measurement): Promise<Results['isolates']> {
  const running = new Map<Name, RunningContestant>();
  for (const { name, start } of contestants) running.set(name, await start({ isCheap: true, isInspected: true }));
  const results: Results['isolates'] = [];
  for (const task of tasks.filter(({ isCheap }) => isCheap)) {
    tell(`${task.name}, in the isolate`);
    const present = task.of.flatMap((name) => running.get(name) ?? []);
    results.push({ name: task.name, microseconds: await measureTask(task, present, settings) });
  }
  for (const { worker } of running.values()) await worker.stop();
  return results;
}

async function measureTask(
  { seats, mostPerSecond = Infinity }: Task,
  present: RunningContestant[],
  { profileRounds, profileMs, warmUpMs }: Settings,
): Promise<Record<string, number[]>> {
  const times = new Map<string, number[]>(present.map(({ worker }) => [worker.name, []]));
  const run = async (contestant: RunningContestant, forMs: number) => {
    const load = { atOnce: AT_ONCE, each: mostRequests(forMs, AT_ONCE, mostPerSecond) };
    const prepared = await seats(contestant, load);
    return async () => (await runLoad(contestant.worker, prepared, { ...load, forMs })).requests;
  };
  for (let round = 0; round < profileRounds; round += 1) {
    for (const contestant of inTurn(present, round)) {
      if (round === 0) await (await run(contestant, warmUpMs))();
      const { profile, result: requests } = await profileWork(contestant.worker, await run(contestant, profileMs));
      times.get(contestant.worker.name)?.push(isolateTime(profile) / requests);
    }
  }
  return Object.fromEntries(times);
}
