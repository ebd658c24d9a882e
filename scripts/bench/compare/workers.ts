import { convertV4MiniflareOptions, type Json, Log, LogLevel, Miniflare, Response } from 'miniflare';
import type { Bundle } from '../../bundle/bundle.ts';
import { compatibilityOf } from '../compatibility.ts';
import { applySql } from '../migrations.ts';
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
  /** The folder that keeps its database when it stops. Without one, nothing does. */
  state?: string | undefined;
};

/** A Worker in a workerd process of its own, with a D1 database and a KV namespace that nobody else uses. */
export type RunningWorker = {
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

/** A Worker in a workerd process of its own, whose database may have no tables yet. */
export type Workerd = Pick<RunningWorker, 'name' | 'url' | 'cpuMicroseconds' | 'stop'> & {
  pid: number;
  miniflare: Miniflare;
};

const running = new Set<Miniflare>();

/** Stops all Workers that still run. */
export async function stopWorkers(): Promise<void> {
  await Promise.all([...running].map((miniflare) => miniflare.dispose()));
  running.clear();
}

/**
 * Starts a Worker on a free port of the loopback, and resolves when it can be called. Requests reach it directly,
 * without the Worker that miniflare puts in front. Start one at a time: the new child of this process is its workerd.
 */
export async function startWorkerd(options: WorkerOptions): Promise<Workerd> {
  const before = new Set(childrenOf(process.pid, 'workerd'));
  const miniflare = new Miniflare(convertV4MiniflareOptions(miniflareOptions(options)));
  running.add(miniflare);
  const url = await miniflare.unsafeGetDirectURL();
  const pid = childrenOf(process.pid, 'workerd').find((child) => !before.has(child));
  if (pid === undefined) throw new Error('miniflare started no workerd');
  return {
    name: options.name,
    url: url.origin,
    pid,
    miniflare,
    cpuMicroseconds: () => cpuOf(pid),
    stop: async () => {
      running.delete(miniflare);
      await miniflare.dispose();
    },
  };
}

/** Starts a Worker as `startWorkerd` does, and resolves when its tables are made. */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { miniflare, ...workerd } = await startWorkerd(options);
  const { DB: database } = await miniflare.getBindings<{ DB: D1Database }>();
  await applySql(database, options.migrations);
  const inspectorUrl = options.isInspected ? (await miniflare.getInspectorURL()).href : undefined;
  return { ...workerd, database, inspectorUrl };
}

function miniflareOptions({ name, bundle, bindings, isInspected = false, state }: WorkerOptions) {
  const { date, flags } = compatibilityOf(bundle.config);
  return {
    name,
    modules: [...bundle.modules, ...bundle.modulesOnDemand],
    modulesRoot: bundle.folder,
    compatibilityDate: date,
    compatibilityFlags: flags,
    bindings,
    d1Databases: ['DB'],
    kvNamespaces: ['DENYLIST'],
    unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }],
    host: '127.0.0.1',
    port: 0,
    ...(state !== undefined && { resourcePersistencePath: state }),
    ...(isInspected && { inspectorPort: 0, inspectorHost: '127.0.0.1' }),
    // Nothing of it may ask the network.
    outboundService: () => new Response('no network', { status: 502 }),
    cf: false,
    telemetry: { enabled: false },
    log: new Log(LogLevel.NONE),
    // The lines of the log are written, as in production, and nobody reads them.
    handleStructuredLogs: () => undefined,
  };
}
