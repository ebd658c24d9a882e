import type { Case } from './cases.ts';
import type { Name, Started } from './contestants.ts';
import { type Run, runLoad } from './load.ts';
import type { Seat } from './operations.ts';
import type { Results } from './results.ts';
import type { Measurement } from './measurement.ts';
import { inTurn, mostRequests, type Settings } from './settings.ts';

type Services = Map<Name, Started>;

/**
 * Runs every case under each load, after a warm-up. In each round all contestants run, one after the other, so that
 * they share what else the machine does.
 */
export async function measureLoads({ contestants, cases, settings, tell }: Measurement): Promise<Results['loads']> {
  const results: Results['loads'] = [];
  for (const isCheap of [false, true]) {
    const services: Services = new Map();
    for (const { name, start } of contestants) services.set(name, await start({ isCheap }));
    const timing = { ...settings, runMs: isCheap ? settings.runMs : settings.hashingRunMs };
    for (const each of cases.filter((each) => each.isCheap === isCheap)) {
      for (const atOnce of isCheap ? settings.loads : settings.hashingLoads) {
        tell(`${each.name}, ${atOnce} at once`);
        results.push({ name: each.name, atOnce, runs: await measureCase(each, services, atOnce, timing) });
      }
    }
    for (const { service } of services.values()) await service.stop();
  }
  return results;
}

async function measureCase(
  { of, isUsedUp, seats }: Case,
  services: Services,
  atOnce: number,
  { rounds, runMs, warmUpMs }: Pick<Settings, 'rounds' | 'runMs' | 'warmUpMs'>,
): Promise<Partial<Record<Name, Run[]>>> {
  const present = of.flatMap((name) => services.get(name) ?? []);
  const runs = new Map<Started, Run[]>(present.map((started) => [started, []]));
  const kept = new Map<Started, Seat[]>();
  for (let round = -1; round < rounds; round += 1) {
    const forMs = round < 0 ? warmUpMs : runMs;
    for (const started of inTurn(present, Math.max(round, 0))) {
      const each = isUsedUp ? mostRequests(forMs, atOnce) : Number.MAX_SAFE_INTEGER;
      const prepared = kept.get(started) ?? (await seats(started, { atOnce, each }));
      if (!isUsedUp) kept.set(started, prepared);
      const run = await runLoad(started.service, prepared, { each, forMs });
      if (round >= 0) runs.get(started)?.push(run);
    }
  }
  return Object.fromEntries([...runs].map(([{ service }, all]) => [service.name, all]));
}
