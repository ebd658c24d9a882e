import { z } from 'zod';

const run = z.object({
  requests: z.number(),
  perSecond: z.number(),
  p50Ms: z.number(),
  p95Ms: z.number(),
  cpuMicroseconds: z.number(),
});

const byName = <S extends z.ZodType>(value: S) =>
  z.object({ latchkey: value.optional(), floor: value.optional(), 'better-auth': value.optional() });

const numbers = byName(z.array(z.number()));

/** What a run of the bench found, one value for each round. Times are in the unit that their name has. */
export const results = z.object({
  about: z.object({
    date: z.string(),
    processor: z.string(),
    cores: z.number(),
    versions: z.record(z.string(), z.string()),
    isQuick: z.boolean(),
    rounds: z.number(),
  }),
  loads: z.array(z.object({ name: z.string(), atOnce: z.number(), runs: byName(z.array(run)) })),
  isolates: z.array(z.object({ name: z.string(), microseconds: numbers })),
  starts: z.object({ cpuMs: numbers, answerMs: numbers }),
  bundles: z.object({
    gzippedBytes: byName(z.number()),
    bytes: byName(z.number()),
    /** The packages in our bundle, the largest first, before gzip. */
    parts: z.array(z.object({ name: z.string(), bytes: z.number() })),
  }),
});

export type Results = z.infer<typeof results>;
