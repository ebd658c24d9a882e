import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { BrowserTest } from '../test-case.ts';
import { withPage } from '../watched-page.ts';

export const anchors: BrowserTest = {
  title: 'the contents, the links and the keyboard lead to each part of the reference, with scripts and without',
  run: async ({ browser, url }) => {
    const texts: string[] = [];
    for (const javaScriptEnabled of [true, false]) {
      await withPage(browser, { url: `${url}/docs`, javaScriptEnabled }, async ({ page }) => {
        await page.getByRole('navigation').getByRole('link', { name: 'POST /auth/login', exact: true }).click();
        await assertShown(page, 'post-auth-login');
        await page.goto(`${url}/docs#error-revoked_token`);
        await assertShown(page, 'error-revoked_token');
        await page.goto(`${url}/docs`);
        await page.keyboard.press('Tab');
        await page.keyboard.press('Enter');
        await assertShown(page, 'content');
        await page.keyboard.press('Tab');
        const focused = page.locator(':focus-visible');
        assert.equal(await focused.getAttribute('href'), '#authentication');
        assert.notEqual(await focused.evaluate((element) => getComputedStyle(element).outlineStyle), 'none');
        texts.push(await page.locator('body').innerText());
      });
    }
    assert.equal(texts[0], texts[1]);
  },
};

/** Waits until the address names the part `id`, and the part is in the window. Chromium scrolls a moment after a click. */
async function assertShown(page: Page, id: string): Promise<void> {
  await page.waitForURL((url) => url.hash === `#${id}`);
  const part = page.locator(`[id="${id}"]`);
  const isShown = async () => {
    const place = await part.boundingBox();
    return place !== null && place.y >= -1 && place.y < (page.viewportSize()?.height ?? 0);
  };
  for (let tries = 0; tries < 100 && !(await isShown()); tries += 1) await page.waitForTimeout(50);
  assert.ok(await isShown(), `${id} is not in the window`);
}
