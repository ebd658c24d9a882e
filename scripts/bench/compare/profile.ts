import { attachInspector, type Inspector } from './inspector.ts';
import { type CpuProfile, cpuProfile } from './isolate-time.ts';
import { runLoad } from './load.ts';
import type { Load, Operation, Prepare } from './operations.ts';
import type { Service } from './services.ts';
import { z } from 'zod';

/** In microseconds. A shorter one takes more of the time that it measures. */
const SAMPLING_INTERVAL = 200;

const stopped = z.object({ profile: cpuProfile });

/** Profiles the Worker of an inspected service under `load`, after as much of it again for warming up. */
export async function profileOperation(
  { service, prepare }: { service: Service; prepare: Prepare },
  operation: Operation,
  load: Load,
): Promise<CpuProfile> {
  if (service.inspectorUrl === undefined) throw new TypeError('the service is not inspected');
  await runLoad(service, await prepare(operation, load), load);
  const seats = await prepare(operation, load);
  const inspector = await attachInspector(service.inspectorUrl, service.name);
  try {
    return await record(inspector, async () => {
      await runLoad(service, seats, load);
    });
  } finally {
    inspector.close();
  }
}

async function record({ call }: Inspector, work: () => Promise<void>): Promise<CpuProfile> {
  await call('Profiler.enable');
  await call('Profiler.setSamplingInterval', { interval: SAMPLING_INTERVAL });
  await call('Profiler.start');
  await work();
  const { profile } = stopped.parse(await call('Profiler.stop'));
  await call('Profiler.disable');
  return profile;
}
