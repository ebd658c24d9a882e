import type { BrowserTest } from '../test-case.ts';
import { clocksTests } from './clocks.ts';
import { exampleTests } from './example.ts';
import { lostResponsesTests } from './lost-responses.ts';
import { storesTests } from './stores.ts';
import { strangersTests } from './strangers.ts';
import { tabsTests } from './tabs.ts';

/** The tests of the client package in pages that Vite has built. */
export const clientTests: BrowserTest[] = [
  ...exampleTests,
  ...tabsTests,
  ...lostResponsesTests,
  ...clocksTests,
  ...storesTests,
  ...strangersTests,
];
