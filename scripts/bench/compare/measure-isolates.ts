import type { Case } from './cases.ts';
import type { Name, Started } from './contestants.ts';
import { isolateTime } from './isolate-time.ts';
import { runLoad } from './load.ts';
import { profileWork } from './profile.ts';
import type { Results } from './results.ts';
import type { Measurement } from './measurement.ts';
import { inTurn, mostRequests, type Settings } from './settings.ts';

const AT_ONCE = 16;

/** The microseconds a request in the isolate of each contestant, for every case, at 16 at once. */
export async function measureIsolates({
  contestants,
  cases,
  settings,
  tell,
}: Measurement): Promise<Results['isolates']> {
  const all = new Map<Name, Started>();
  for (const { name, start } of contestants) all.set(name, await start({ isCheap: true, isInspected: true }));
  const results: Results['isolates'] = [];
  for (const each of cases.filter(({ isCheap }) => isCheap)) {
    tell(`${each.name}, in the isolate`);
    const present = each.of.flatMap((name) => all.get(name) ?? []);
    results.push({ name: each.name, microseconds: await measureCase(each, present, settings) });
  }
  for (const { service } of all.values()) await service.stop();
  return results;
}

async function measureCase(
  { seats, mostPerSecond = Infinity }: Case,
  present: Started[],
  { profileRounds, profileMs, warmUpMs }: Settings,
): Promise<Record<string, number[]>> {
  const times = new Map<string, number[]>(present.map(({ service }) => [service.name, []]));
  const run = async (started: Started, forMs: number) => {
    const load = { atOnce: AT_ONCE, each: mostRequests(forMs, AT_ONCE, mostPerSecond) };
    const prepared = await seats(started, load);
    return async () => (await runLoad(started.service, prepared, { ...load, forMs })).requests;
  };
  for (let round = 0; round < profileRounds; round += 1) {
    for (const started of inTurn(present, round)) {
      if (round === 0) await (await run(started, warmUpMs))();
      const { profile, result: requests } = await profileWork(started.service, await run(started, profileMs));
      times.get(started.service.name)?.push(isolateTime(profile) / requests);
    }
  }
  return Object.fromEntries(times);
}
