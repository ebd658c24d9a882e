import { z } from 'zod';
import { startMetered } from '../storage/metered.ts';
import { meteredLatchkey } from '../storage/measure.ts';
import { countStorage, sqlOf } from '../storage/use.ts';
import { fill } from './fill.ts';
import { explain, type Plan } from './plans.ts';

const DAY_MS = 86_400_000;

const logLine = z.object({
  job: z.literal('clean_up'),
  deleted: z.object({ sessions: z.number() }),
  complete: z.boolean(),
});

/** One run of the cron. */
export type CleanUpRun = { deleted: number; seconds: number; trips: number; rowsWritten: number; isComplete: boolean };

/**
 * Fills a database with `sessions` sessions that ended three days ago, and runs the cron until none is left. Returns
 * the runs, and the plans of the cron's statements.
 */
export async function measureCleanUp(sessions: number): Promise<{ runs: CleanUpRun[]; plans: Plan[] }> {
  const service = await startMetered((await meteredLatchkey()).options);
  try {
    await fill(service.database, { users: sessions, endsInMs: -3 * DAY_MS });
    const runs: CleanUpRun[] = [];
    const statements = new Set<string>();
    while (runs.at(-1)?.isComplete !== true) {
      const startedAt = performance.now();
      await service.runCron();
      const seconds = (performance.now() - startedAt) / 1000;
      const line = logLine.parse(JSON.parse(service.logged().findLast((each) => each.includes('clean_up')) ?? ''));
      const use = await service.takeCalls();
      sqlOf(use).forEach((sql) => statements.add(sql));
      const { trips, rowsWritten } = countStorage(use);
      runs.push({ deleted: line.deleted.sessions, seconds, trips, rowsWritten, isComplete: line.complete });
    }
    return { runs, plans: await explain(service.database, statements) };
  } finally {
    await service.stop();
  }
}
