import { expect, it } from 'vitest';
import { MAX_GZIPPED_BYTES, problemOf } from '../../../scripts/bundle/budget.ts';
import { partsOf } from '../../../scripts/bundle/parts.ts';

const announced = { announcedBytes: 100_000 };

it('lets the bundle grow by five per cent, and says how to announce more', () => {
  expect(problemOf(90_000, announced)).toBeUndefined();
  expect(problemOf(105_000, announced)).toBeUndefined();
  expect(problemOf(105_001, announced)).toBe(
    'The bundle has grown from 100.0 KB to 105.0 KB, by more than 5 %. ' +
      'If the growth is worth it, announce it: npm run size -- --announce',
  );
});

it('refuses a bundle of more than 195 KB, announced or not', () => {
  const all = { announcedBytes: MAX_GZIPPED_BYTES + 1000 };
  expect(problemOf(MAX_GZIPPED_BYTES, all)).toBeUndefined();
  expect(problemOf(MAX_GZIPPED_BYTES + 1000, all)).toBe('The bundle has 196.0 KB, and may have 195.0 KB.');
});

it('adds up the files of a package, the largest first', () => {
  const inputs = {
    'src/index.ts': { bytesInOutput: 10 },
    'src/http/app.ts': { bytesInOutput: 5 },
    'node_modules/zod/v4/core/a.js': { bytesInOutput: 20 },
    'node_modules/@hono/zod-openapi/dist/index.mjs': { bytesInOutput: 7 },
    '../elsewhere/node_modules/hono/node_modules/zod/b.js': { bytesInOutput: 1 },
    'node_modules/unused/index.js': { bytesInOutput: 0 },
  };
  expect(partsOf({ outputs: { 'index.js.map': { inputs: {} }, 'index.js': { inputs } } })).toEqual([
    { name: 'zod', bytes: 21 },
    { name: 'src', bytes: 15 },
    { name: '@hono/zod-openapi', bytes: 7 },
  ]);
});
