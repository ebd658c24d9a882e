import type { Task } from './tasks.ts';
import type { Name, RunningContestant } from './contestants.ts';
import { type Run, runLoad } from './load.ts';
import type { Measurement } from './measurement.ts';
import type { Seat } from './operations.ts';
import type { Results } from './results.ts';
import { inTurn, mostRequests, type Settings } from './settings.ts';

type Running = Map<Name, RunningContestant>;

type Timing = Pick<Settings, 'rounds' | 'runMs' | 'warmUpMs'>;

/** One contestant at one task, and what its rounds took. */
type Turn = { task: Task; contestant: RunningContestant; runs: Run[] };

/**
 * Runs every task under each load, after a warm-up. In each round, everybody runs at all tasks about an operation, one
 * after the other, so that they share what else the machine does.
 */
export async function measureLoads({ contestants, tasks, settings, tell }: Measurement): Promise<Results['loads']> {
  const results: Results['loads'] = [];
  for (const [isCheap, alike] of Map.groupBy(tasks, (task) => task.isCheap)) {
    const running: Running = new Map();
    for (const { name, start } of contestants) running.set(name, await start({ isCheap }));
    const timing = { ...settings, runMs: isCheap ? settings.runMs : settings.hashingRunMs };
    for (const [operation, together] of Map.groupBy(alike, ({ about }) => about)) {
      for (const atOnce of isCheap ? settings.loads : settings.hashingLoads) {
        tell(`${operation}${isCheap ? '' : ' with its hash'}, ${atOnce} at once`);
        results.push(...(await measureTogether(together, running, atOnce, timing)));
      }
    }
    for (const { worker } of running.values()) await worker.stop();
  }
  return results;
}

async function measureTogether(
  tasks: Task[],
  running: Running,
  atOnce: number,
  { rounds, runMs, warmUpMs }: Timing,
): Promise<Results['loads']> {
  const turns = tasks.flatMap((task) => task.of.flatMap((name) => turnOf(task, running.get(name))));
  const kept = new Map<Turn, Seat[]>();
  for (let round = -1; round < rounds; round += 1) {
    const forMs = round < 0 ? warmUpMs : runMs;
    for (const turn of inTurn(turns, Math.max(round, 0))) {
      const { mostPerSecond, seats } = turn.task;
      const each = mostRequests(forMs, atOnce, mostPerSecond ?? Infinity);
      const prepared = kept.get(turn) ?? (await seats(turn.contestant, { atOnce, each }));
      if (mostPerSecond === undefined) kept.set(turn, prepared);
      const run = await runLoad(turn.contestant.worker, prepared, { each, forMs });
      if (round >= 0) turn.runs.push(run);
    }
  }
  return tasks.map((task) => {
    const own = turns.filter((turn) => turn.task === task);
    const runs = Object.fromEntries(own.map(({ contestant, runs }) => [contestant.worker.name, runs]));
    return { name: task.name, atOnce, runs };
  });
}

const turnOf = (task: Task, contestant: RunningContestant | undefined): Turn[] =>
  contestant === undefined ? [] : [{ task, contestant, runs: [] }];
