import assert from 'node:assert/strict';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

/** A page, and what went wrong on it so far: a line each. */
export type WatchedPage = { page: Page; problems: string[]; requests: string[] };

/** Problems whose line matches `mayReport` are expected. */
type Watch = BrowserContextOptions & { url: string; mayCall?: string[]; mayReport?: RegExp };

/**
 * Opens `url` in a context of its own, hands the page to `use`, and closes it. Fails if the page printed a warning or an
 * error (Chromium reports violations of the Content-Security-Policy so), if its script threw, if a request failed, or if
 * one went to an origin that is neither that of `url` nor in `mayCall`.
 */
export async function withPage(
  browser: Browser,
  { url, mayCall = [], mayReport = /^$/, ...options }: Watch,
  use: (watched: WatchedPage) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext(options);
  try {
    const watched = await openPage(context, url, mayCall);
    await use(watched);
    assert.deepEqual(
      watched.problems.filter((line) => !mayReport.test(line)),
      [],
    );
  } finally {
    await context.close();
  }
}

/** Opens `url` in one more page of `context`. */
export async function openPage(context: BrowserContext, url: string, mayCall: string[] = []): Promise<WatchedPage> {
  const page = await context.newPage();
  const watched = watch(page, [new URL(url).origin, ...mayCall]);
  const response = await page.goto(url);
  assert.equal(response?.status(), 200, url);
  return watched;
}

function watch(page: Page, origins: string[]): WatchedPage {
  const problems: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => {
    if (['warning', 'error'].includes(message.type())) problems.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`thrown: ${error.message}`));
  page.on('requestfailed', (request) => problems.push(`failed: ${request.url()}`));
  page.on('request', (request) => {
    requests.push(request.url());
    if (!origins.includes(new URL(request.url()).origin)) problems.push(`foreign: ${request.url()}`);
  });
  return { page, problems, requests };
}

/** Opens all that can be unfolded, so that a test sees it. */
export async function openDetails(page: Page): Promise<void> {
  await page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
}
