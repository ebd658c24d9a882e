import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

it.each([
  'examples/vite-page/main.ts',
  'examples/vite-page/page.ts',
  'examples/express/server.js',
  'examples/hono-node/server.ts',
  'examples/worker/worker.ts',
])('%s has less than 30 lines of code', (file) => {
  const lines = readFileSync(file, 'utf8').split('\n');
  expect(lines.filter((line) => !/^\s*(\/\/.*)?$/.test(line)).length).toBeLessThan(30);
});
