import { convertV4MiniflareOptions, type Json, Log, LogLevel, Miniflare, Response } from 'miniflare';
import type { Bundle } from './bundle.ts';
import { childrenOf, cpuOf } from './process-cpu.ts';

/** A Worker to start: its bundle, its variables and secrets, and the migrations of its database. */
export type WorkerOptions = {
  name: string;
  bundle: Bundle;
  bindings: Record<string, Json>;
  /** SQL, one statement after another, with drizzle-kit's break between them. */
  migrations: string[];
  /** Whether a profiler can be attached. */
  isInspected?: boolean;
};

/** A Worker in a workerd process of its own, with a D1 database and a KV namespace that nobody else uses. */
export type Service = {
  name: string;
  url: string;
  /** Of its workerd process. */
  pid: number;
  /** The processor time of its workerd process so far, in microseconds. */
  cpuMicroseconds: () => number;
  database: D1Database;
  /** Where a profiler attaches, if the Worker is inspected. */
  inspectorUrl: string | undefined;
  stop: () => Promise<void>;
};

/**
 * Starts a Worker on a free port of the loopback, and resolves when its tables are made. Requests reach the Worker
 * directly, without the Worker that miniflare puts in front. Start one at a time: the new child of this process is its
 * workerd.
 */
export async function startWorker(options: WorkerOptions): Promise<Service> {
  const before = new Set(childrenOf(process.pid, 'workerd'));
  const miniflare = new Miniflare(convertV4MiniflareOptions(miniflareOptions(options)));
  await miniflare.ready;
  const [pid] = childrenOf(process.pid, 'workerd').filter((child) => !before.has(child));
  if (pid === undefined) throw new Error('miniflare started no workerd');
  // miniflare's own type of a binding is that of another release of the Workers' types.
  const { DB: database } = await miniflare.getBindings<{ DB: D1Database }>();
  await applyMigrations(database, options.migrations);
  const url = await miniflare.unsafeGetDirectURL();
  return {
    name: options.name,
    url: url.origin,
    pid,
    cpuMicroseconds: () => cpuOf(pid),
    database,
    inspectorUrl: options.isInspected ? (await miniflare.getInspectorURL()).href : undefined,
    stop: () => miniflare.dispose(),
  };
}

function miniflareOptions({ name, bundle, bindings, isInspected = false }: WorkerOptions) {
  return {
    name,
    modules: bundle.modules,
    modulesRoot: bundle.folder,
    compatibilityDate: '2026-11-02',
    compatibilityFlags: ['nodejs_compat'],
    bindings,
    d1Databases: ['DB'],
    kvNamespaces: ['DENYLIST'],
    unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }],
    host: '127.0.0.1',
    port: 0,
    ...(isInspected && { inspectorPort: 0, inspectorHost: '127.0.0.1' }),
    log: new Log(LogLevel.NONE),
    /** A Worker of the bench calls nobody. */
    outboundService: () => new Response('no network', { status: 502 }),
    cf: false,
    telemetry: { enabled: false },
    /** The lines of the log are written, as in production, and nobody reads them. */
    handleStructuredLogs: () => undefined,
  };
}

async function applyMigrations(database: D1Database, migrations: string[]): Promise<void> {
  for (const statement of migrations.flatMap((sql) => sql.split('--> statement-breakpoint'))) {
    await database.prepare(statement).run();
  }
}
