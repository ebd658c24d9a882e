import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The path of vitest itself, for the Node that runs the script. */
export const VITEST = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
