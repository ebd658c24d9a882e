import { z } from 'zod';
import { attachInspector } from './inspector.ts';
import { type CpuProfile, cpuProfile } from './isolate-time.ts';
import { runLoad } from './load.ts';
import type { Load, Operation, Prepare } from './operations.ts';
import type { RunningWorker } from './workers.ts';

/** In microseconds. A shorter one takes more of the time that it measures. */
const SAMPLING_INTERVAL = 200;

const stopped = z.object({ profile: cpuProfile });

/** Profiles an inspected Worker during `work`. Returns what `work` returns, too. */
export async function profileWork<T>(
  { name, inspectorUrl }: RunningWorker,
  work: () => Promise<T>,
): Promise<{ profile: CpuProfile; result: T }> {
  if (inspectorUrl === undefined) throw new TypeError('the Worker is not inspected');
  const { call, close } = await attachInspector(inspectorUrl, name);
  try {
    await call('Profiler.enable');
    await call('Profiler.setSamplingInterval', { interval: SAMPLING_INTERVAL });
    await call('Profiler.start');
    const result = await work();
    const { profile } = stopped.parse(await call('Profiler.stop'));
    await call('Profiler.disable');
    return { profile, result };
  } finally {
    close();
  }
}

/** Profiles an inspected Worker under `load`, after as much of it again for warming up. */
export async function profileOperation(
  { worker, prepare }: { worker: RunningWorker; prepare: Prepare },
  operation: Operation,
  load: Load,
): Promise<CpuProfile> {
  await runLoad(worker, await prepare(operation, load), load);
  const seats = await prepare(operation, load);
  return (await profileWork(worker, () => runLoad(worker, seats, load))).profile;
}
