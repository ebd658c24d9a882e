import type { Browser } from 'playwright-core';

/** What a test works with: Chromium, the URL of the service, and a folder that is deleted at the end. */
export type Surroundings = { browser: Browser; url: string; state: string };

/** A test in a browser. It fails by throwing. Its title is a sentence about the service or its client. */
export type BrowserTest = { title: string; run: (surroundings: Surroundings) => Promise<void> };
