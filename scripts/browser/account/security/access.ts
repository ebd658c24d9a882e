import assert from 'node:assert/strict';
import type { BrowserTest } from '../../test-case.ts';
import { tabTo } from '../access.ts';
import { fill, PASSWORD, press, see } from '../scene.ts';
import { createApp } from './app.ts';
import { keepCodes, reload, seeHome, seeTitle, setUpApp, setUpPasskey, typePassword, withAccount } from './scene.ts';

export const keyboard: BrowserTest = {
  title: 'the page for second factors can be used with the keyboard alone',
  run: (surroundings) =>
    withAccount(surroundings, async ({ page, email }) => {
      await tabTo(page, '#email');
      await page.keyboard.type(email);
      await tabTo(page, '#password');
      await page.keyboard.type(PASSWORD);
      await page.keyboard.press('Enter');
      await seeHome(page);
      await tabTo(page, '#app button');
      await page.keyboard.press('Space');
      await seeTitle(page, 'Set up an authenticator app');
      const nextCode = createApp((await page.locator('#secret').textContent()) ?? '');
      await tabTo(page, '#code');
      await page.keyboard.type(await nextCode());
      await page.keyboard.press('Enter');
      await seeTitle(page, 'Keep your recovery codes');
      await tabTo(page, '#kept');
      await page.keyboard.press('Space');
      await page.keyboard.press('Enter');
      await seeHome(page);
      await tabTo(page, '#session button');
      await page.keyboard.press('Enter');
      await see(page, 'You are logged out.');
    }),
};

export const languages: BrowserTest = {
  title: 'the page for second factors changes its language without losing what was typed, also where it goes back to',
  run: (surroundings) =>
    withAccount(surroundings, async ({ page, email }) => {
      await typePassword(page, email, PASSWORD);
      await press(page, 'Set up an app');
      await seeTitle(page, 'Set up an authenticator app');
      await page.locator('#code').fill('123');
      await press(page, 'Deutsch');
      assert.match((await page.locator('#qr').getAttribute('alt')) ?? '', /^QR-Code mit dem Schlüssel/);
      assert.equal(await page.locator('#code').inputValue(), '123');
      await press(page, 'Zurück');
      await seeTitle(page, 'Ihre zweiten Faktoren');
      await page.locator('#app button', { hasText: 'App einrichten' }).waitFor();
    }),
};

export const keepsNothing: BrowserTest = {
  title: 'the page for second factors keeps the login in its memory only, and ends the session when somebody logs out',
  run: (surroundings) =>
    withAccount(surroundings, async ({ page, email }) => {
      await typePassword(page, email, PASSWORD);
      await seeHome(page);
      const kept = await page.evaluate(async () =>
        JSON.stringify([
          document.cookie,
          localStorage.length,
          sessionStorage.length,
          await indexedDB.databases(),
          history.state,
        ]),
      );
      assert.equal(kept, '["",0,0,[],null]');
      await reload(page);
      assert.equal(await page.locator('#app').count(), 0);

      await typePassword(page, email, PASSWORD);
      await seeHome(page);
      const [ended] = await Promise.all([page.waitForResponse('**/auth/logout'), press(page, 'Log out')]);
      assert.equal(ended.status(), 200);
      await see(page, 'You are logged out.');
    }),
};

export const withoutPasskeys: BrowserTest = {
  title: 'the page for second factors offers no passkeys in a browser that has none, and takes the other factors',
  run: (surroundings) =>
    withAccount(surroundings, async ({ page, email }) => {
      await typePassword(page, email, PASSWORD);
      const nextCode = await setUpApp(page);
      await keepCodes(page);
      await setUpPasskey(page, 'My phone');
      await seeHome(page);

      await page.addInitScript('delete globalThis.PublicKeyCredential');
      await reload(page);
      await page.getByRole('button', { name: 'Log in with a passkey' }).waitFor({ state: 'hidden' });
      await typePassword(page, email, PASSWORD);
      await fill(page, 'Code from your authenticator app', await nextCode());
      assert.equal(await page.getByRole('button', { name: 'Use a passkey' }).count(), 0);
      await press(page, 'Continue');
      await seeHome(page);
      assert.equal(await page.getByRole('button', { name: 'Set up a passkey' }).count(), 0);
      await press(page, 'Make new codes');
      await keepCodes(page);
      await see(page, 'You have new recovery codes.');
    }),
};
