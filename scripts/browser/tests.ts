import { accountTests } from './account/tests.ts';
import { clientTests } from './client/tests.ts';
import { docsTests } from './docs/tests.ts';
import { playgroundTests } from './playground/tests.ts';
import type { BrowserTest } from './test-case.ts';

/** All tests, in the order in which they run. */
export const browserTests: BrowserTest[] = [...docsTests, ...playgroundTests, ...accountTests, ...clientTests];
