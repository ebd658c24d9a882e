import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { findBarriers } from '../accessibility.ts';
import type { BrowserTest } from '../test-case.ts';
import { withPage } from '../watched-page.ts';
import { EMAIL, fine, PASSWORD, refusal, see, seeProblem, TOKEN, withAccountPage } from './scene.ts';

/** Presses Tab until the focus is on the element with the id or of the type `target`, and asserts that one can see it. */
export async function tabTo(page: Page, target: string): Promise<void> {
  for (let presses = 0; presses < 20; presses += 1) {
    await page.keyboard.press('Tab');
    if ((await page.locator(`${target}:focus`).count()) === 0) continue;
    const style = await page.locator(target).evaluate((element) => getComputedStyle(element).outlineStyle);
    return assert.equal(style, 'solid');
  }
  assert.fail(`the focus does not get to ${target}`);
}

export const keyboard: BrowserTest = {
  title: 'the account pages can be used with the keyboard alone',
  run: async (surroundings) => {
    await withAccountPage(surroundings, { path: 'reset' }, async (page) => {
      await tabTo(page, '#email');
      await page.keyboard.type(EMAIL);
      await page.keyboard.press('Enter');
      await page.locator('#title:focus').waitFor();
      await tabTo(page, '#code');
      await page.keyboard.type('12345678');
      await tabTo(page, '#password');
      await page.keyboard.type(PASSWORD);
      await tabTo(page, '#show');
      await page.keyboard.press('Space');
      await tabTo(page, 'button[type=submit]');
      await page.keyboard.press('Space');
      await see(page, 'The password is changed.');
      await page.locator('#title:focus').waitFor();
    });
    await withAccountPage(surroundings, { path: `undo#token=${TOKEN}` }, async (page) => {
      await tabTo(page, 'button[type=submit]');
      await page.keyboard.press('Enter');
      await page.locator('#sure:focus').waitFor();
      await page.keyboard.press('Space');
      await page.keyboard.press('Enter');
      await see(page, 'The former e-mail address is back.');
      await tabTo(page, '#language');
      await page.keyboard.press('Enter');
      await see(page, 'Die frühere E-Mail-Adresse gilt wieder.');
    });
  },
};

export const noScript: BrowserTest = {
  title: 'the account pages say in both languages what to do in a browser without JavaScript',
  run: ({ browser, url }) =>
    withPage(browser, { url: `${url}/account/reset#token=${TOKEN}`, javaScriptEnabled: false }, async ({ page }) => {
      const [english, german] = [page.locator('noscript p').first(), page.locator('noscript p[lang=de]')];
      for (const paragraph of [english, german]) await paragraph.waitFor();
      assert.match((await english.textContent()) ?? '', /This page needs JavaScript/);
      assert.equal(await page.getByRole('button').count(), 0);
    }),
};

async function assertReadable(page: Page): Promise<void> {
  assert.deepEqual(await findBarriers(page), []);
  const [width, available] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.equal(width, available);
}

const looked = ['light', 'dark'].flatMap((scheme) => ['en', 'de'].map((lang) => ({ scheme, lang })));

export const looks = looked.map(({ scheme, lang }): BrowserTest => ({
  title: `the account pages meet WCAG 2.2 AA in their ${scheme} colours, in ${lang}, and fit into 320 pixels`,
  run: async (surroundings) => {
    // A window of 1280 pixels is this wide when somebody zooms to 400 % (WCAG 2.2, 1.4.10).
    const viewport = { width: 320, height: 640 };
    const options = { colorScheme: scheme === 'dark' ? ('dark' as const) : ('light' as const), viewport };
    const answers = [refusal(400, 'invalid_challenge'), fine];
    for (const name of ['verify', 'confirm', 'undo']) {
      const visit = { path: `${name}?lang=${lang}#token=${TOKEN}`, answers, ...options };
      await withAccountPage(surroundings, visit, async (page) => {
        await assertReadable(page);
        const submit = page.locator('button[type=submit]');
        await submit.click();
        if (name === 'undo') {
          await page.locator('#sure-problem:not(:empty)').waitFor();
          await assertReadable(page);
          await page.locator('#sure').check();
          await submit.click();
        }
        await see(page, lang === 'de' ? 'zu alt' : 'too old');
        await assertReadable(page);
      });
    }
    for (const name of ['register', 'reset']) {
      const visit = { path: `${name}?lang=${lang}`, answers: [fine, ...answers], ...options };
      await withAccountPage(surroundings, visit, async (page) => {
        const submit = page.locator('button[type=submit]');
        await assertReadable(page);
        await page.locator('#email').fill(EMAIL);
        await submit.click();
        await page.locator('#code').fill('12345678');
        await page.locator('#password').fill(PASSWORD);
        await assertReadable(page);
        await submit.click();
        await seeProblem(page, 'code', lang === 'de' ? 'zu alt' : 'too old');
        await assertReadable(page);
        await submit.click();
        await page.locator('#notice.done').waitFor();
        await assertReadable(page);
      });
    }
  },
}));
