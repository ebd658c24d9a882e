import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';

/** Waits until the list of terms `id` has `words`: what the service tells about a bearer. */
export const seeBearer = (page: Page, id: string, words: RegExp) =>
  page.locator(`#${id}`, { hasText: words }).waitFor();

/** Waits until the newest request that the page shows is `words`, such as `GET /auth/status 200`. */
export async function seeRequest(page: Page, words: string): Promise<void> {
  const newest = page.locator('#requests li').first().locator('summary');
  await newest.filter({ hasText: words.replaceAll(' ', '') }).waitFor();
}

/**
 * Asserts that `secret` is neither in the log of the page nor in what the browser keeps for it. The log may show its first
 * twelve characters.
 */
export async function assertHidden(page: Page, secret: string): Promise<void> {
  const log = (await page.locator('#requests').textContent()) ?? '';
  assert.ok(log.includes('curl'));
  const kept = await page.evaluate(async () => {
    const stored = [localStorage, sessionStorage].flatMap((storage) => Object.entries(storage));
    return JSON.stringify([stored, document.cookie, location.href, history.state, await indexedDB.databases()]);
  });
  for (const text of [log, kept]) assert.equal(text.includes(secret.slice(12)), false);
}
