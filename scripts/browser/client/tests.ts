import type { BrowserTest } from '../test-case.ts';
import { brokenStoresTests } from './broken-stores.ts';
import { changingPasswordTests } from './changing-password.ts';
import { clocksTests } from './clocks.ts';
import { exampleTests } from './example.ts';
import { lostResponsesTests } from './lost-responses.ts';
import { oneRefreshTests } from './one-refresh.ts';
import { passkeysTests } from './passkeys.ts';
import { storesTests } from './stores.ts';
import { strangersTests } from './strangers.ts';
import { tabsTests } from './tabs.ts';

/** The tests of the client package in pages that Vite has built. */
export const clientTests: BrowserTest[] = [
  ...exampleTests,
  ...oneRefreshTests,
  ...tabsTests,
  ...changingPasswordTests,
  ...lostResponsesTests,
  ...clocksTests,
  ...brokenStoresTests,
  ...storesTests,
  ...strangersTests,
  ...passkeysTests,
];
