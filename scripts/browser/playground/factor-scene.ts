import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { z } from 'zod';
import { createApp } from '../account/security/app.ts';
import { assertHidden } from './program-scene.ts';
import { PASSWORD, press, seeResult } from './scene.ts';

/** Waits until the part "Second factors" says `words`. */
export const see = (page: Page, words: string | RegExp) => seeResult(page, 'factors', words);

/** Waits until the access token has the claims `words`. */
export const seeClaims = (page: Page, words: RegExp) => page.locator('#token-claims', { hasText: words }).waitFor();

/** Sets up an authenticator app, and returns it: each call gives a code that it has not given before. */
export async function setUpApp(page: Page): Promise<() => Promise<string>> {
  await press(page, 'Set up an authenticator app');
  await see(page, 'Nothing is stored yet.');
  await page.getByAltText('The QR code of the secret').waitFor();
  const secret = await page.locator('#new-app code').first().innerText();
  await assertHidden(page, secret);
  const app = createApp(secret);
  await page.getByLabel('Code that the app shows').fill(await app());
  await press(page, 'Confirm the app');
  await see(page, 'Authenticator app set up.');
  assert.equal(((await page.locator('body').textContent()) ?? '').includes(secret), false);
  return app;
}

/** Logs in without the page as somebody who has no second factor yet, sets up an app, and returns it. */
export async function setUpAppElsewhere(
  url: string,
  email: string,
  password = PASSWORD,
): Promise<() => Promise<string>> {
  const ask = async (path: string, fields: object, token?: string): Promise<unknown> => {
    const bearer = token === undefined ? {} : { Authorization: `Bearer ${token}` };
    const headers = { 'Content-Type': 'application/json', ...bearer };
    const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(fields) });
    assert.equal(response.status, 200);
    return response.json();
  };
  const login = await ask('/auth/login', { email, password });
  const { auth_token: token } = z.object({ auth_token: z.string() }).parse(login);
  const data = z.object({ secret: z.string(), enrolment_token: z.string() });
  const offer = z.object({ data }).parse(await ask('/auth/factors/totp', {}, token)).data;
  const app = createApp(offer.secret);
  await ask('/auth/factors/totp/confirm', { enrolment_token: offer.enrolment_token, code: await app() }, token);
  return app;
}

/** Adds a passkey with a name. */
export async function addPasskey(page: Page, name: string): Promise<void> {
  await page.getByLabel('Name of the passkey, or nothing').fill(name);
  await press(page, 'Add a passkey');
  await see(page, 'Passkey set up.');
}

/** The recovery codes that the page shows. */
export async function readCodes(page: Page): Promise<string[]> {
  const codes = (await page.locator('#new-codes code').innerText()).split('\n');
  for (const code of codes) assert.match(code, /^[A-Z2-7]{4}(-[A-Z2-7]{4}){3}$/);
  assert.equal(codes.length, 10);
  return codes;
}

/** Logs out, and waits for the form to log in. */
export async function logOut(page: Page): Promise<void> {
  await press(page, 'Here');
  await page.locator('#login').waitFor();
}
