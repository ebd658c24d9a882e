import type { BrowserTest } from './test-case.ts';
import { clientTests } from './client/tests.ts';
import { docsTests } from './docs/tests.ts';

/** All tests, in the order in which they run. */
export const browserTests: BrowserTest[] = [...docsTests, ...clientTests];
