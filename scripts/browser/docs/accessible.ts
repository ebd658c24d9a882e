import assert from 'node:assert/strict';
import { findBarriers } from '../accessibility.ts';
import type { BrowserTest } from '../test-case.ts';
import { openDetails, withPage } from '../watched-page.ts';

export const accessible: BrowserTest = {
  title: 'the reference has the contrast of WCAG AA, light and dark, and no barrier that axe finds',
  run: async ({ browser, url }) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of [360, 1280]) {
        const options = { url: `${url}/docs#post-auth-login`, colorScheme, viewport: { width, height: 800 } };
        await withPage(browser, options, async ({ page }) => {
          await openDetails(page);
          assert.deepEqual(await findBarriers(page), [], `${colorScheme}, ${width} pixels`);
        });
      }
    }
  },
};
