import assert from 'node:assert/strict';
import type { BrowserTest } from '../test-case.ts';
import { withPage } from '../watched-page.ts';

export const loads: BrowserTest = {
  title: 'the reference loads itself and its style sheet, without a violation, a warning or anything of another origin',
  run: async ({ browser, url }) => {
    await withPage(browser, { url: `${url}/docs` }, async ({ page, requests }) => {
      assert.match(await page.title(), /Latchkey/);
      assert.deepEqual(requests, [`${url}/docs`, `${url}/docs.css`]);
    });
  },
};
