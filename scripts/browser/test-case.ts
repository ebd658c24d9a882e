import type { Browser } from 'playwright-core';
import type { Started } from '../harness/process.ts';

/**
 * What a test works with: Chromium, the URL of the service and what it has printed, and a folder that is deleted at the
 * end. `startAnother` starts a service with other flags and an empty database, and `onLibsql` gives the one on libSQL.
 */
export type Surroundings = {
  browser: Browser;
  url: string;
  output: () => string;
  state: string;
  startAnother: (...flags: string[]) => Promise<Started>;
  onLibsql: () => Promise<Started>;
};

/** A test in a browser. It fails by throwing. Its title is a sentence about the service or its client. */
export type BrowserTest = { title: string; run: (surroundings: Surroundings) => Promise<void> };
