import assert from 'node:assert/strict';
import type { BrowserTest } from '../test-case.ts';
import { openDetails, withPage } from '../watched-page.ts';

/** A small phone and a laptop, in CSS pixels. */
const WIDTHS = [360, 1280];

export const fits: BrowserTest = {
  title: 'the reference fits a phone and a laptop: long code scrolls in its box, and the page never sideways',
  run: async ({ browser, url }) => {
    for (const width of WIDTHS) {
      await withPage(browser, { url: `${url}/docs`, viewport: { width, height: 800 } }, async ({ page }) => {
        await openDetails(page);
        // Whatever sticks out, also if something hides it.
        const wide = await page.evaluate(() => {
          const isInBox = (element: Element) => element.closest('pre') !== null || element.closest('.skip') !== null;
          return [...document.querySelectorAll('body *')]
            .filter((element) => !isInBox(element) && element.getBoundingClientRect().right > window.innerWidth)
            .map((element) => `${element.tagName} ${element.textContent.slice(0, 60)}`);
        });
        assert.deepEqual(wide, [], `at ${width} pixels`);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
      });
    }
  },
};
