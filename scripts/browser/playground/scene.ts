import { randomUUID } from 'node:crypto';
import type { BrowserContextOptions, Page } from 'playwright-core';
import type { Surroundings } from '../test-case.ts';
import { withPage } from '../watched-page.ts';

export const PASSWORD = '123456';

/** An address that nobody has registered. */
export const newEmail = () => `joe-${randomUUID()}@gmail.com`;

/** The line that Chromium prints about any response from 400 on, also one that the page expects. */
export const REFUSED = /^error: Failed to load resource: the server responded with a status of 4\d\d/;

/** Opens the playground in a context of its own, as `withPage` does. Refusals are expected. */
export async function withPlayground(
  { browser, url }: Surroundings,
  use: (page: Page) => Promise<void>,
  options: BrowserContextOptions & { mayReport?: RegExp } = {},
): Promise<void> {
  await withPage(browser, { url: `${url}/`, mayReport: REFUSED, ...options }, async ({ page }) => use(page));
}

/** Fills in the form and presses a button of it. */
export async function enter(page: Page, how: 'Register' | 'Log in', email: string, password = PASSWORD): Promise<void> {
  await page.getByLabel('E-mail', { exact: true }).fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await press(page, how);
}

/** Registers somebody new, and waits until the page shows the account and the token. Returns the address. */
export async function register(page: Page): Promise<string> {
  const email = newEmail();
  await enter(page, 'Register', email);
  await seeAccount(page, email);
  return email;
}

export async function seeAccount(page: Page, email: string): Promise<void> {
  await page.locator('dd', { hasText: email }).waitFor();
  await page.locator('#token').waitFor();
}

export const seeForm = (page: Page) => page.locator('#login').waitFor();

/** Waits until the part `name` of the page says `words`. */
export const seeResult = (page: Page, name: string, words: string | RegExp) =>
  page.locator(`#${name}-result`, { hasText: words }).waitFor();

export const press = (page: Page, button: string) => page.getByRole('button', { name: button, exact: true }).click();

/** The access token that the page shows, in full. */
export async function readToken(page: Page): Promise<string> {
  const box = page.getByLabel('Show tokens and passwords in full');
  await box.check();
  const token = await page.locator('#raw-token').innerText();
  await box.uncheck();
  return token;
}

/** The requests that the page shows, the newest first, such as `GET /auth/status 200`. */
export async function readLog(page: Page): Promise<string[]> {
  const lines = await page.locator('#requests summary').allInnerTexts();
  return lines.map((line) => line.split(/\s+/).slice(0, 3).join(' '));
}
