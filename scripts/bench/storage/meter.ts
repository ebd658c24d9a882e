import type { StorageCall, StorageUse } from './use.ts';

/** Measures the calls of requests that come one after the other. */
export type Meter = ReturnType<typeof createMeter>;

/** A meter without calls. */
export function createMeter() {
  let waves: StorageUse = [];
  /** How many waves have ended: the next call is in the one after them. */
  let ended = 0;

  return {
    /** Does `work`, a call on storage, and records what `describe` tells about its result. */
    async measure<T>(work: () => Promise<T>, describe: (result: T) => StorageCall): Promise<T> {
      const wave = ended;
      const result = await work();
      (waves[wave] ??= []).push(describe(result));
      ended = Math.max(ended, wave + 1);
      return result;
    },

    /** The calls since the last time. */
    take(): StorageUse {
      const taken = waves;
      waves = [];
      ended = 0;
      return taken;
    },
  };
}
