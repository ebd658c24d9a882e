import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { addAuthenticator } from '../authenticator.ts';
import { findBarriers } from '../accessibility.ts';
import { openDetails } from '../watched-page.ts';
import type { BrowserTest } from '../test-case.ts';
import { lookAt, registerAdmin, registerElsewhere } from './admin-scene.ts';
import { addPasskey, logOut, see as seeFactors } from './factor-scene.ts';
import { makeKey } from './keys.ts';
import { makeClient, verify } from './machines.ts';
import { enter, newEmail, PASSWORD, press, register, seeForm, seeResult, withPlayground } from './scene.ts';

/** Presses Tab until the focus is on the element with the id `id`, and asserts that one can see it there. */
async function tabTo(page: Page, id: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    if ((await page.evaluate(() => document.activeElement?.id)) !== id) continue;
    const style = await page.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outlineStyle);
    return assert.equal(style, 'solid');
  }
  assert.fail(`the focus does not get to ${id}`);
}

export const keyboard: BrowserTest = {
  title: 'the playground can be used with the keyboard alone',
  run: (surroundings) =>
    withPlayground(surroundings, async (page) => {
      await seeForm(page);
      await tabTo(page, 'email');
      await page.keyboard.type(newEmail());
      await tabTo(page, 'password');
      await page.keyboard.type(PASSWORD);
      await tabTo(page, 'register');
      await page.keyboard.press('Enter');
      await page.locator('#account-title:focus').waitFor();
      await tabTo(page, 'make-key-name');
      await page.keyboard.type('Nightly import');
      await page.keyboard.press('Enter');
      await seeResult(page, 'keys', 'Key created.');
      await tabTo(page, 'verify-key');
      await page.keyboard.press('Enter');
      await seeResult(page, 'keys', '204');
      await tabTo(page, 'list-sessions');
      await page.keyboard.press('Space');
      await seeResult(page, 'sessions', 'Live sessions: 1.');
      await tabTo(page, 'keep-memory');
      await page.keyboard.press('ArrowDown');
      await seeResult(page, 'store', 'localStorage');
      await tabTo(page, 'refresh');
      await page.keyboard.press('Enter');
      await seeResult(page, 'token', 'new one');
      await tabTo(page, 'log-out-session');
      await page.keyboard.press('Enter');
      await page.locator('#email:focus').waitFor();
    }),
};

async function assertReadable(page: Page): Promise<void> {
  assert.deepEqual(await findBarriers(page), []);
  const [width, available] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.equal(width, available);
}

export const looks = (['light', 'dark'] as const).map((colorScheme): BrowserTest => ({
  title: `the playground meets WCAG 2.2 AA in its ${colorScheme} colours, and fits into 360 pixels`,
  run: (surroundings) =>
    withPlayground(
      surroundings,
      async (page) => {
        await enter(page, 'Register', 'joe', '1');
        await seeResult(page, 'account', 'invalid_request');
        await openDetails(page);
        await assertReadable(page);
        await register(page);
        await press(page, 'List my sessions');
        await seeResult(page, 'sessions', 'Live sessions: 1.');
        await makeKey(page, 'Nightly import');
        await press(page, 'Verify the key');
        await seeResult(page, 'keys', '204');
        await assertReadable(page);
        await press(page, 'Exchange for an access token');
        await seeResult(page, 'keys', 'The service gives');
        await page.locator('#requests summary').last().click();
        await openDetails(page);
        await press(page, 'Mail a code');
        await page.locator('#mails pre', { hasText: /\d{8}/ }).first().waitFor();
        await page.getByLabel('Show tokens and passwords in full').check();
        await assertReadable(page);
      },
      { colorScheme, viewport: { width: 360, height: 740 } },
    ),
}));

export const factorLooks = (['light', 'dark'] as const).map((colorScheme): BrowserTest => ({
  title: `second factors in the playground meet WCAG 2.2 AA in ${colorScheme} colours, and fit into 360 pixels`,
  run: (surroundings) =>
    withPlayground(
      surroundings,
      async (page) => {
        await addAuthenticator(page);
        const email = await register(page);
        await press(page, 'Set up an authenticator app');
        await seeFactors(page, 'Nothing is stored yet.');
        await press(page, 'Confirm the app');
        await page.locator('#confirm-app-code:focus[aria-invalid="true"]').waitFor();
        await assertReadable(page);
        await addPasskey(page, 'laptop');
        await press(page, 'Rename the passkey laptop');
        await press(page, 'Prove again who it is');
        await assertReadable(page);
        await logOut(page);
        await enter(page, 'Log in', email);
        await seeResult(page, 'account', 'The account has a second factor.');
        await assertReadable(page);
      },
      { colorScheme, viewport: { width: 360, height: 740 } },
    ),
}));

export const administrationLooks = (['light', 'dark'] as const).map((colorScheme): BrowserTest => ({
  title: `the administration in the playground meets WCAG 2.2 AA in ${colorScheme} colours, and fits into 360 pixels`,
  run: ({ url, ...surroundings }) =>
    withPlayground(
      { ...surroundings, url },
      async (page) => {
        await registerAdmin(page, url);
        await page.getByLabel('Role', { exact: true }).fill('x'.repeat(65));
        await press(page, 'Find users');
        await seeResult(page, 'administration', 'invalid_request');
        await assertReadable(page);
        await page.getByLabel('Role', { exact: true }).fill('');
        const email = await registerElsewhere(url);
        await lookAt(page, email);
        await press(page, 'List sessions');
        await seeResult(page, 'administration', 'Live sessions: 1.');
        await press(page, 'Newest events');
        await seeResult(page, 'administration', 'Shown:');
        await makeClient(page);
        await press(page, 'Get a token');
        await seeResult(page, 'machine', 'This is an access token');
        await verify(page, 'reports:read');
        await seeResult(page, 'machine', '204');
        await assertReadable(page);
      },
      { colorScheme, viewport: { width: 360, height: 740 } },
    ),
}));
