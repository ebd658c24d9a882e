import { describe, expect, it } from 'vitest';
import { findHotFunctions, packageOf, sourcesOf } from '../../../scripts/bench/compare/hot-functions.ts';
import { isolateTime, selfTimes } from '../../../scripts/bench/compare/isolate-time.ts';

const node = (id: number, functionName: string, children: number[] = [], lineNumber = 0) => ({
  id,
  callFrame: { functionName, url: 'file:///index.js', lineNumber },
  children,
});

const nodes = [
  node(1, '(root)', [2, 3, 4]),
  node(2, '(idle)'),
  node(3, '(program)'),
  node(4, 'handle', [5], 1),
  node(5, 'verify', [6], 4),
  node(6, 'verify', [], 4),
];

/** Three samples in a row at work, then a pause of 50 ms, which the next sample carries. */
const profile = { nodes, samples: [4, 5, 6, 2, 5, 3], timeDeltas: [200, 200, 200, 200, 50_000, 200] };

describe('a profile of the bench', () => {
  it('counts a sample for no longer than the time between two samples in a row', () => {
    expect(Object.fromEntries(selfTimes(profile))).toEqual({ 4: 200, 5: 400, 6: 200 });
  });

  it('counts only the time in which the isolate is at work', () => {
    expect(isolateTime(profile)).toBe(800);
  });

  it('adds up a function with what it calls, and counts one that calls itself once', () => {
    const script = '// src/index.ts\nhandle\n\n// node_modules/jose/dist/verify.js\nverify';
    const { functions, packages } = findHotFunctions(profile, sourcesOf(script));
    expect(functions).toEqual([
      { name: 'verify', place: 'node_modules/jose/dist/verify.js', self: 600, total: 600 },
      { name: 'handle', place: 'src/index.ts', self: 200, total: 800 },
      { name: '(root)', place: 'src/index.ts', self: 0, total: 800 },
    ]);
    expect([...packages].slice(0, 2)).toEqual([
      ['jose', 600],
      ['src/index.ts', 200],
    ]);
  });

  it('names the package of a file that is installed, and the room of one of ours', () => {
    expect(packageOf('../../node_modules/@hono/zod-openapi/dist/index.js')).toBe('@hono/zod-openapi');
    expect(packageOf('src/http/routes/session/verify.ts')).toBe('src/http');
    expect(packageOf('cloudflare-internal:d1-api')).toBe('cloudflare-internal:d1-api');
  });
});
