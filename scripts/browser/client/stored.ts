import type { Page } from 'playwright-core';

/** Changes fields of the login that the pages keep in `localStorage`. */
export async function changeStored(page: Page, change: Record<string, unknown>): Promise<void> {
  await page.evaluate((change) => {
    const kept: unknown = JSON.parse(localStorage.getItem('latchkey') ?? '{}');
    localStorage.setItem('latchkey', JSON.stringify(Object.assign({}, kept, change)));
  }, change);
}

/** Waits until `page` sees a login with these fields. Each process of the browser hears of a change on its own. */
export async function waitForStored(page: Page, fields: { dueAt: number }): Promise<void> {
  const text = JSON.stringify(fields).slice(1, -1);
  await page.waitForFunction((text) => localStorage.getItem('latchkey')?.includes(text), text);
}
