import type { Page } from 'playwright-core';
import type { BrowserTest } from '../../test-case.ts';
import { registerSomebody } from '../people.ts';
import { PASSWORD } from '../scene.ts';
import { createApp } from './app.ts';
import { assertReadable, stopOffering, withSecurityPage } from './scene.ts';

const submit = (page: Page) => page.locator('button.main').click();

/** Waits for `selector`, and asserts that everybody can read and use what the page shows. */
async function look(page: Page, selector: string): Promise<void> {
  await page.locator(selector).first().waitFor();
  await assertReadable(page);
}

async function logIn(page: Page, email: string): Promise<void> {
  await page.locator('#email').fill(email);
  await page.locator('#password').fill(PASSWORD);
  await submit(page);
}

/** Sets up an app and a passkey, and looks at all that the page shows meanwhile. */
async function setUp(page: Page): Promise<void> {
  await look(page, '#app');
  await page.locator('#app button').click();
  await look(page, '#qr');
  const nextCode = createApp((await page.locator('#secret').textContent()) ?? '');
  await submit(page);
  await look(page, '#code-problem:not(:empty)');
  await page.locator('#code').fill(await nextCode());
  await submit(page);
  await look(page, '#codes');
  await submit(page);
  await look(page, '#kept-problem:not(:empty)');
  await page.locator('#kept').check();
  await submit(page);
  await page.locator('#passkeys > button').click();
  await look(page, '#name');
  await page.locator('#name').fill('A-name-without-any-blanks-'.repeat(2));
  await submit(page);
  await look(page, '#passkeys li');
}

const looked = ['light', 'dark'].flatMap((scheme) => ['en', 'de'].map((lang) => ({ scheme, lang })));

export const looks = looked.map(({ scheme, lang }): BrowserTest => ({
  title: `the page for second factors meets WCAG 2.2 AA in its ${scheme} colours, in ${lang}, and fits into 320 pixels`,
  run: async (surroundings) => {
    const { email } = await registerSomebody(surroundings.url, PASSWORD);
    const colorScheme = scheme === 'dark' ? ('dark' as const) : ('light' as const);
    const options = { query: `?lang=${lang}`, viewport: { width: 320, height: 640 }, colorScheme };
    await withSecurityPage(
      surroundings,
      async (page) => {
        await assertReadable(page);
        await submit(page);
        await look(page, '#email-problem:not(:empty)');
        await logIn(page, email);
        await setUp(page);
        for (const button of await page.locator('#passkeys li button').all()) {
          await button.click();
          await look(page, '#view > button:only-of-type');
          await page.locator('#view > button').click();
        }
        await stopOffering(page);
        await page.locator('#session button').click();
        await look(page, '#notice.done');
        await logIn(page, email);
        for (const field of ['#code', '#recovery_code']) {
          await look(page, '#view > button:nth-of-type(3)');
          await page
            .locator('#view > button')
            .nth(field === '#code' ? 0 : 1)
            .click();
          await look(page, field);
          await page.locator(field).fill('000000');
          await submit(page);
          await look(page, `${field}-problem:not(:empty)`);
        }
      },
      options,
    );
  },
}));
