import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestHarness } from 'wrangler';
import { z } from 'zod';
import { compatibilityOf } from '../compatibility.ts';
import { applySql } from '../migrations.ts';
import type { StorageUse } from './use.ts';

/** The metered Worker finds the source of the service under this name. */
const SERVICE = 'metered-service';

const calls = z.array(
  z.array(
    z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('database'),
        sql: z.array(z.string()),
        rowsRead: z.number(),
        rowsWritten: z.number(),
      }),
      z.object({ kind: z.literal('kv-read'), keys: z.number() }),
      z.object({ kind: z.literal('kv-write') }),
    ]),
  ),
);

export type Init = { method: string; headers: Record<string, string>; body?: string };

export type Metered = {
  fetch: (path: string, init: Init) => Promise<{ status: number; text: () => Promise<string> }>;
  /** What the requests since the last time asked of storage. */
  takeCalls: () => Promise<StorageUse>;
  /** Runs the Worker's cron. */
  runCron: () => Promise<void>;
  /** The lines that the Worker has logged. */
  logged: () => string[];
  database: D1Database;
  stop: () => Promise<void>;
};

/** A Worker: its source, its configuration file, its variables and secrets, and the migrations of its database. */
export type MeteredOptions = { main: string; config: string; vars: Record<string, string>; migrations: string[] };

/**
 * Starts the Worker whose source is `main`, with D1 as `DB` and KV as `DENYLIST`, and meters what it asks of them once
 * its tables are made.
 */
export async function startMetered({ main, config: file, vars, migrations }: MeteredOptions): Promise<Metered> {
  const { date, flags } = compatibilityOf(file);
  const registry = mkdtempSync(join(tmpdir(), 'latchkey-metered-'));
  Object.assign(process.env, {
    CLOUDFLARE_CF_FETCH_ENABLED: 'false',
    // Workers find each other by name in a registry, and wrangler restarts a Worker when its namesake starts or stops.
    CLOUDFLARE_DEV_REGISTRY_PATH: registry,
  });
  const config = {
    name: 'metered',
    main: join(import.meta.dirname, 'metered-worker.ts'),
    alias: { [SERVICE]: main },
    compatibility_date: date,
    compatibility_flags: flags,
    vars,
    d1_databases: [{ binding: 'DB', database_id: 'metered' }],
    kv_namespaces: [{ binding: 'DENYLIST', id: 'metered' }],
  };
  const server = createTestHarness({ workers: [{ config }] });
  await server.listen();
  const worker = server.getWorker<{ DB: D1Database }>();
  const { DB: database } = await worker.getEnv();
  await applySql(database, migrations);
  return {
    fetch: (path, init) => worker.fetch(path, init),
    takeCalls: async () => calls.parse(await (await worker.fetch('/storage-calls')).json()),
    runCron: async () => {
      const { outcome } = await worker.scheduled({ cron: '*/10 * * * *' });
      if (outcome !== 'ok') throw new Error(`the cron ended with ${outcome}`);
    },
    logged: () => server.getLogs().map(({ message }) => message),
    database,
    stop: async () => {
      await server.close();
      rmSync(registry, { recursive: true, force: true });
    },
  };
}
