import assert from 'node:assert/strict';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { findBarriers } from '../../accessibility.ts';
import { withPage } from '../../watched-page.ts';
import { registerSomebody } from '../people.ts';
import { EXPECTED, fill, PASSWORD, press, see } from '../scene.ts';
import { createApp } from './app.ts';
import { addAuthenticator, type Authenticator } from '../../authenticator.ts';
import type { Place } from './place.ts';

/** Opens the page in a context of its own, with a device that keeps passkeys. The service itself answers. */
export async function withSecurityPage(
  { browser, url }: Pick<Place, 'browser' | 'url'>,
  use: (page: Page, authenticator: Authenticator) => Promise<void>,
  { query = '', ...options }: BrowserContextOptions & { query?: string } = {},
): Promise<void> {
  const visit = { locale: 'en-GB', ...options, url: `${url}/account/security${query}`, mayReport: EXPECTED };
  await withPage(browser, visit, async ({ page }) => use(page, await addAuthenticator(page)));
}

type Visit = { page: Page; authenticator: Authenticator; email: string };

/** Registers somebody with `PASSWORD`, and opens the page. */
export async function withAccount(place: Place, use: (visit: Visit) => Promise<void>): Promise<void> {
  const { email } = await registerSomebody(place.url, PASSWORD);
  await withSecurityPage(place, async (page, authenticator) => use({ page, authenticator, email }));
}

/** Waits until the title of the page is `words`, and asserts that the focus is there. */
export async function seeTitle(page: Page, words: string): Promise<void> {
  await page.locator('#title:focus', { hasText: words }).waitFor();
  assert.equal(await page.title(), words);
}

/** Waits until the page shows the factors of the account. */
export const seeHome = (page: Page) => seeTitle(page, 'Your second factors');

/** Types address and password, and sends them. */
export async function typePassword(page: Page, email: string, password: string): Promise<void> {
  await fill(page, 'E-mail address', email);
  await fill(page, 'Password', password);
  await press(page, 'Log in');
}

export async function logOut(page: Page): Promise<void> {
  await press(page, 'Log out');
  await see(page, 'You are logged out.');
}

/** From now on, and until the page is loaded again, the browser offers no passkeys in a field, as some do not. */
export const stopOffering = (page: Page) =>
  page.evaluate(() => {
    PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false);
  });

/** Loads the page again. It has forgotten who was logged in. */
export async function reload(page: Page): Promise<void> {
  await page.reload();
  await page.getByLabel('E-mail address').waitFor();
}

/** Sets up an app on the page, which begins with the button `button`. Returns the app. */
export async function setUpApp(page: Page, button = 'Set up an app'): Promise<() => Promise<string>> {
  await press(page, button);
  await seeTitle(page, 'Set up an authenticator app');
  const nextCode = createApp((await page.locator('#secret').textContent()) ?? '');
  await fill(page, 'Code from your authenticator app', await nextCode());
  await press(page, 'Set up the app');
  return nextCode;
}

/** Makes a passkey with the name `name` on the page. */
export async function setUpPasskey(page: Page, name: string): Promise<void> {
  await press(page, 'Set up a passkey');
  await seeTitle(page, 'Set up a passkey');
  await fill(page, 'Name', name);
  await press(page, 'Make the passkey');
}

/** Reads the recovery codes that the page shows, and says that they are kept. */
export async function keepCodes(page: Page): Promise<string[]> {
  await seeTitle(page, 'Keep your recovery codes');
  const codes = await page.locator('#codes li').allTextContents();
  assert.equal(new Set(codes).size, 10);
  for (const code of codes) assert.match(code, /^([A-Z2-7]{4}-){3}[A-Z2-7]{4}$/);
  await page.getByLabel('I have kept them').check();
  await press(page, 'Continue');
  await seeHome(page);
  return codes;
}

/** Asserts that everybody can read and use what the page shows, and that it fits. */
export async function assertReadable(page: Page): Promise<void> {
  assert.deepEqual(await findBarriers(page), []);
  const [width, available] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.equal(width, available);
}
