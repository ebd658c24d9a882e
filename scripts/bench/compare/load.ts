import { createCaller } from './http-caller.ts';
import type { Seat } from './operations.ts';
import type { RunningWorker } from './workers.ts';
import { quantile } from './statistics.ts';
import { Failure } from '../../command.ts';

/** What one run of a load took. Times are in milliseconds, processor time in microseconds of the workerd process. */
export type Run = { requests: number; perSecond: number; p50Ms: number; p95Ms: number; cpuMicroseconds: number };

/** A request that got another status than it must. The bench is worth nothing then. */
export class WrongStatus extends Failure {
  override readonly name = 'WrongStatus';
}

/**
 * Sends `each` requests from every one of `seats`, one after the other on a connection that stays open. Sends no more
 * after `forMs` milliseconds.
 */
export async function runLoad(
  worker: Pick<RunningWorker, 'name' | 'url' | 'cpuMicroseconds'>,
  seats: Seat[],
  { each, forMs = Infinity }: { each: number; forMs?: number },
): Promise<Run> {
  const caller = createCaller(worker.url, seats.length);
  const times: number[] = [];
  const cpuBefore = worker.cpuMicroseconds();
  const startedAt = performance.now();
  const run = async ({ next, receive }: Seat) => {
    for (let i = 0; i < each && performance.now() - startedAt < forMs; i += 1) {
      const call = next();
      const sentAt = performance.now();
      const answer = await caller.send(call);
      times.push(performance.now() - sentAt);
      if (answer.status !== call.expected) {
        throw new WrongStatus(`${worker.name}: ${call.method} ${call.path} got ${answer.status}`);
      }
      receive?.(answer);
    }
  };
  try {
    await Promise.all(seats.map(run));
  } finally {
    caller.close();
  }
  const seconds = (performance.now() - startedAt) / 1000;
  return {
    requests: times.length,
    perSecond: times.length / seconds,
    p50Ms: quantile(times, 0.5),
    p95Ms: quantile(times, 0.95),
    cpuMicroseconds: (worker.cpuMicroseconds() - cpuBefore) / times.length,
  };
}
