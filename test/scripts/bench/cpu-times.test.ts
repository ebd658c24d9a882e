import { expect, it } from 'vitest';
import type { Results } from '../../../scripts/bench/compare/results.ts';
import { cpuTimesOf } from '../../../scripts/bench/costs/cpu-times.ts';

const run = (cpuMicroseconds: number) => ({ requests: 1, perSecond: 1, p50Ms: 1, p95Ms: 1, cpuMicroseconds });

const figures: Results = {
  about: { date: '2026-01-31', processor: 'P', cores: 2, versions: { Node: '24' }, isQuick: true, rounds: 3 },
  loads: [
    { name: 'login', atOnce: 1, runs: { latchkey: [run(83_000), run(85_000), run(90_000)] } },
    { name: 'login less the KDF', atOnce: 1, runs: { latchkey: [run(5000), run(4000), run(6000)] } },
  ],
  isolates: [
    { name: 'login less the KDF', microseconds: { latchkey: [1200, 1000, 1100] } },
    { name: 'status', microseconds: { latchkey: [800, 700, 900], 'better-auth': [3000] } },
  ],
  starts: { cpuMs: {}, answerMs: {} },
  bundles: { gzippedBytes: {}, bytes: {}, parts: [] },
};

it('takes the time in the isolate, and adds what the process takes more with the password hash', () => {
  expect(cpuTimesOf(figures)).toEqual({
    from: 'npm run bench on 2026-01-31, on P with 2 cores, Node 24',
    latchkey: { login: 81.1, status: 0.8 },
    betterAuth: { status: 3 },
  });
});
