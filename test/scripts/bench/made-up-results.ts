import type { Results } from '../../../scripts/bench/compare/results.ts';

/** What one round of a run found, with `cpuMicroseconds`. */
const run = (cpuMicroseconds: number) => ({
  requests: 100,
  perSecond: 1_000_000 / cpuMicroseconds,
  p50Ms: 1.25,
  p95Ms: 2.5,
  cpuMicroseconds,
});

/** Of every operation that a bar names, ours takes 1,300, the floor 1,000 and Better Auth 5,200 microseconds. */
export const madeUpResults: Results = {
  about: {
    date: '2026-11-26',
    processor: 'Made-up',
    cores: 2,
    versions: { workerd: '1.0' },
    isQuick: true,
    rounds: 2,
  },
  loads: [
    ...['status', 'refresh', 'logout'].map((name) => ({
      name,
      atOnce: 16,
      runs: {
        latchkey: [run(1300), run(2600)],
        floor: [run(1000), run(2000)],
        'better-auth': [run(5200), run(10_400)],
      },
    })),
    { name: 'verify', atOnce: 16, runs: { latchkey: [run(1500)], floor: [run(1000)] } },
    { name: 'kv', atOnce: 16, runs: { floor: [run(900)] } },
  ],
  isolates: ['status', 'refresh', 'logout', 'verify'].map((name) => ({
    name,
    microseconds: { latchkey: [500], floor: [200], ...(name !== 'verify' && { 'better-auth': [2100] }) },
  })),
  starts: {
    cpuMs: { latchkey: [300], floor: [250], 'better-auth': [400] },
    answerMs: { latchkey: [12], floor: [4], 'better-auth': [24] },
  },
  bundles: {
    bytes: { latchkey: 400_000, floor: 90_000, 'better-auth': 600_000 },
    gzippedBytes: { latchkey: 149_000, floor: 30_000, 'better-auth': 190_000 },
    parts: [{ name: 'zod', bytes: 123_456 }],
  },
};
