import assert from 'node:assert/strict';
import type { BrowserTest } from '../test-case.ts';
import { withPage } from '../watched-page.ts';

export const loads: BrowserTest = {
  title: 'the reference loads without a violation, a warning, or a request to another origin',
  run: async ({ browser, url }) => {
    await withPage(browser, { url: `${url}/docs` }, async ({ page }) => {
      assert.match(await page.title(), /Latchkey/);
    });
  },
};
