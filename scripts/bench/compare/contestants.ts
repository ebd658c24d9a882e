import { join } from 'node:path';
import { newSecrets } from '../../secrets/fresh.ts';
import { type Bundle, bundleWorker } from '../../bundle/bundle.ts';
import type { Prepare } from './operations.ts';
import { type RunningWorker, startWorker, type WorkerOptions } from './workers.ts';
import { BETTER_AUTH_CONFIG, betterAuth, installBetterAuth } from './better-auth.ts';
import { latchkey, LATCHKEY_CONFIG } from './latchkey.ts';

/** Who is measured: the service, the least that it could take, and another one. */
export const names = ['latchkey', 'floor', 'better-auth'] as const;

export type Name = (typeof names)[number];

/** A contestant that has been started, and how to prepare its operations. */
export type RunningContestant = { worker: RunningWorker; prepare: Prepare };

/**
 * `isCheap` takes the password hash out. `isInspected` lets a profiler attach. `state` is a folder that keeps the
 * database.
 */
export type StartOptions = { isCheap?: boolean; isInspected?: boolean; state?: string };

/** What a contestant is started with, and how to prepare its operations once it is. */
export type Setting = {
  workerOptions: (options: StartOptions) => WorkerOptions;
  seats: (worker: RunningWorker) => Prepare;
};

/** One that can be started as often as needed. */
export type Contestant = {
  name: Name;
  bundle: Bundle;
  workerOptions: Setting['workerOptions'];
  start: (options?: StartOptions) => Promise<RunningContestant>;
};

const configs: Record<Name, string> = {
  latchkey: LATCHKEY_CONFIG,
  floor: join(import.meta.dirname, 'floor', 'wrangler.toml'),
  'better-auth': BETTER_AUTH_CONFIG,
};

/** Bundles the contestants `wanted`, in `folder`. `isReadable` leaves names and lines, for a profile. */
export async function bundleContestants(
  wanted: readonly Name[],
  { folder, isReadable = false }: { folder: string; isReadable?: boolean },
): Promise<Contestant[]> {
  if (wanted.includes('better-auth')) installBetterAuth();
  const secrets = await newSecrets();
  return Promise.all(
    wanted.map(async (name) => {
      const bundle = await bundleWorker(configs[name], { folder, isReadable });
      const { workerOptions, seats } = name === 'better-auth' ? betterAuth(bundle) : latchkey(name, bundle, secrets);
      const start = async (options: StartOptions = {}) => {
        const worker = await startWorker(workerOptions(options));
        return { worker, prepare: seats(worker) };
      };
      return { name, bundle, workerOptions, start };
    }),
  );
}
